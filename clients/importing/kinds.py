"""What the rows of a list may be: clients, people at clients, and whatever higher rooms register (contacts, matters).

A kind says how its columns are called and read, and whom a row means. How its rows are written and taken back stands
with the actions (clients/actions/importing/writers.py).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from clients.importing.columns import COLUMNS, DEFAULTED, Column
from clients.importing.judging import DATES
from clients.importing.widgets import Day, PastDay
from clients.importing.words import OUR_HEADINGS, fold
from clients.models import ImportRun

Kind = ImportRun.Kind


@dataclass(frozen=True)
class Known:
    """What rows of a kind may turn out to be, where that is no client (ImportRow.object_id, ImportRow.candidates)."""

    names: Callable[
        [Collection[UUID], Any], dict[UUID, str]
    ]  # (keys, user) -> names of those the user may see
    changes: Callable[[dict, UUID, Collection[str]], dict]  # (values, key, blanks) -> {field: [old, new]}


@dataclass(frozen=True)
class RowKind:
    code: str
    columns: Mapping[str, Column]
    headings: Mapping[str, str]  # folded heading -> field
    resource: Callable[..., Any]  # (people=, today=, plan=) -> a resource that reads rows
    finder: Callable[..., Any]  # (by=, plan=, run=) -> has find(values of rows) -> Found for each
    prints: Callable[[dict], list[str]]  # what no second row may bear
    told_as: Callable[[dict], tuple[str, str]]  # values -> name and small print of a row
    signs: frozenset[str] = frozenset()  # a list without these columns is not of this kind
    or_signs: frozenset[str] = frozenset()  # nor one without any of these
    also_theirs: tuple[str, ...] = ()  # columns of clients that such a list may have as well
    defaulted: tuple[str, ...] = ()
    second: Mapping[str, str] = field(default_factory=dict)  # what a second column of that name may be
    known: Known | None = None
    after: tuple[str, ...] = ()  # kinds that a workbook's sheets of this one wait for
    example: Callable[[str], dict] | None = None  # language -> values of the template's example row
    # What is told of rows, by code: why they are refused, and why they were taken for something.
    problems: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, Any] = field(default_factory=dict)

    def field_of(self, title: str) -> str | None:
        """The field a heading means: by the words people use, or by what we call the column ourselves."""
        word = fold(title)
        return self.headings.get(word) or _own_titles(self.code).get(word)

    def match_headings(self, titles: list[str]) -> dict[str, str]:
        """Column number (as text: JSON keys) -> field, by the words people use. The first of two wins."""
        mapping: dict[str, str] = {}
        for index, title in enumerate(titles):
            name = self.field_of(title)
            if name in mapping.values():
                name = self.second.get(name)
            if name and name not in mapping.values():
                mapping[str(index)] = name
        return mapping


_KINDS: dict[str, RowKind] = {}


@cache
def _own_titles(code: str) -> dict[str, str]:
    """Folded title -> field, in every language we write in: what our own files are headed by is always understood."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, column in _KINDS[code].columns.items():
                found.setdefault(fold(str(column.title)), name)
    return found


# Every column of every kind: what a field is called is the same wherever it stands.
CATALOGUE: dict[str, Column] = dict(COLUMNS)
# Columns that only a list of clients has.
OF_CLIENTS = frozenset({"kind", "responsible", "registration_number", "client_since", "grade", "source"})


def register(kind: RowKind) -> None:
    _KINDS[kind.code] = kind
    for name, column in kind.columns.items():
        CATALOGUE.setdefault(name, column)
        if isinstance(column.widget, Day | PastDay):
            DATES.setdefault(name, date.fromisoformat)


def row_kinds() -> list[RowKind]:
    """Every kind there is, in the order in which a workbook holds them."""
    return [_KINDS[code] for code in Kind.values if code in _KINDS]


def kind_of(run: ImportRun) -> RowKind:
    return _KINDS[run.kind]


def recognise(titles: list[str]) -> str:
    """What a list with these headings holds."""
    of_clients = OF_CLIENTS & set(_KINDS[Kind.CLIENTS].match_headings(titles).values())
    for kind in reversed(row_kinds()):
        found = set(kind.match_headings(titles).values())
        if kind.signs <= found and kind.or_signs & found and not of_clients - set(kind.also_theirs):
            return kind.code
    return Kind.CLIENTS


def told(of: str) -> dict[str, Any]:
    """What the kinds tell of their rows, by code. `of`: "problems" or "reasons"."""
    return {code: words for kind in _KINDS.values() for code, words in getattr(kind, of).items()}


def is_known(heading: str) -> bool:
    """Whether any kind of list has such a column."""
    return any(kind.field_of(heading) for kind in _KINDS.values())


def is_ours(heading: str) -> bool:
    """A column that our own workbooks carry and an import leaves alone."""
    return fold(heading) in OUR_HEADINGS


__all__ = [
    "CATALOGUE",
    "DEFAULTED",
    "Known",
    "RowKind",
    "is_known",
    "is_ours",
    "kind_of",
    "recognise",
    "register",
    "row_kinds",
    "told",
]
