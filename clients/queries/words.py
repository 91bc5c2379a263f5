"""Asking a search column for words."""

import re
from collections.abc import Sequence

from django.contrib.postgres.search import SearchQuery
from django.db.models import Value

from clients.rules.search_tokens import (
    MOST_TERMS,
    full_query_for,
    near_query_for,
    tsquery_for,
    whole_query_for,
)

_SEPARATORS = re.compile(r"[\s\-_.·/()]")
_MAYBE_NUMBER = re.compile(r"(?=.*\d)(?!\d{1,14}$)[0-9A-Z]{6,30}")


class Words(SearchQuery):
    """A tsquery written out by `tsquery_for`: cast, not parsed, so that no dictionary touches the lexemes."""

    def __init__(self, written: str):
        super().__init__(Value(written))
        self.written = written

    def as_sql(self, compiler, connection, function=None, template=None):
        return "%s::tsquery", [self.written]


class RareWords(Words):
    """Postgres thinks that hundreds of words, or the beginning of one, are in very many rows, and would read them all or
    walk them in their order; what it cannot see while it plans, it takes for rare, and asks the index.
    """

    def as_sql(self, compiler, connection, function=None, template=None):
        return "(SELECT %s::tsquery)", [self.written]


def words_query(text: str) -> Words | None:
    """What `search=` is compared with; None where the text asks for nothing."""
    return _words(tsquery_for(text))


def anywhere_query(text: str) -> Words | None:
    """The same, asked also of what is said beside names and numbers: addresses, positions."""
    return _words(tsquery_for(text, anywhere=True))


def each_word(text: str) -> list[Words]:
    """The same, word by word."""
    asked = (anywhere_query(word) for word in text.split()[:MOST_TERMS])
    return [one for one in asked if one]


def any_of(asked: Sequence[Words]) -> RareWords:
    """For whoever is found by one of them at least."""
    return RareWords(" | ".join(f"({one.written})" for one in asked))


def full_query(text: str) -> Words | None:
    """For those who bear exactly this; None where that is no other question."""
    return _words(full_query_for(text))


def whole_query(text: str) -> Words | None:
    """For names whose initials are exactly these; None where they can be none."""
    return _words(whole_query_for(text))


def near_queries(text: str) -> list[RareWords]:
    """For what looks the same but for one letter, first for what begins alike; none where no word is long enough."""
    written = [near_query_for(text, same_start=True), near_query_for(text, same_start=False)]
    return [RareWords(one) for one in written if one]


def _words(written: str) -> Words | None:
    return Words(written) if written else None


def maybe_number(text: str) -> str:
    """An identity or registration number as it is kept, if the text may be one; '' if it cannot."""
    number = _SEPARATORS.sub("", text).upper()
    return number if _MAYBE_NUMBER.fullmatch(number) else ""
