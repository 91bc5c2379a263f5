"""Asking a search column for words."""

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value

from clients.rules.search_tokens import tsquery_for

_SEPARATORS = re.compile(r"[\s\-_.·/()]")
_MAYBE_NUMBER = re.compile(r"(?=.*\d)(?!\d{1,14}$)[0-9A-Z]{6,30}")


class Words(SearchQuery):
    """A tsquery written out by `tsquery_for`: cast, not parsed, so that no dictionary touches the lexemes."""

    def __init__(self, written: str):
        super().__init__(Value(written))
        self.written = written

    def as_sql(self, compiler, connection, function=None, template=None):
        return "%s::tsquery", [self.written]


def words_query(text: str) -> Words | None:
    """What `search=` is compared with; None where the text asks for nothing."""
    written = tsquery_for(text)
    return Words(written) if written else None


def maybe_number(text: str) -> str:
    """An identity or registration number as it is kept, if the text may be one; '' if it cannot."""
    number = _SEPARATORS.sub("", text).upper()
    return number if _MAYBE_NUMBER.fullmatch(number) else ""
