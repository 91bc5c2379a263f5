"""Keyset paging: a page starts after a row, not after a number of rows, so the thousandth costs what the first does.

The cursor holds the order's values of the row at the page's edge. It is no secret and grants nothing: the rows
behind it still come through the door. A cursor that cannot be read shows the first page.
"""

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """`next_query` and `previous_query` are the query strings of the neighbours ("" where there is none)."""

    rows: list
    next_query: str
    previous_query: str


def keyset_page(rows: QuerySet, order: tuple[str, ...], params: QueryDict, size: int = SIZE) -> Page:
    """The page that `params` ("after" or "before" a cursor) asks for, in `order`.

    `order` names columns of the model, "-" for descending; the last must be unique and never NULL. NULLs stand last in either
    direction. Relations may not be followed: a column of another table has no index to walk.
    """
    backwards = "before" in params
    cursor = _read(params.get("before") or params.get("after") or "", len(order))
    columns = [_Column.of(rows.model, name, backwards) for name in order]
    rows = rows.order_by(*(column.expression() for column in columns))
    if cursor:
        rows = rows.filter(_beyond(columns, cursor))
    found = list(rows[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next = bool(found) and (has_more or bool(cursor) if backwards else has_more)
    has_previous = bool(found) and (has_more if backwards else bool(cursor))
    return Page(
        rows=found,
        next_query=_query(params, "after", _cursor(found[-1], order)) if has_next else "",
        previous_query=_query(params, "before", _cursor(found[0], order)) if has_previous else "",
    )


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of the walk: which way it goes, and whether NULLs come before or after everything else."""

    name: str
    descending: bool
    nullable: bool
    nulls_first: bool

    @classmethod
    def of(cls, model, name: str, backwards: bool):
        plain = name.lstrip("-")
        return cls(
            name=plain,
            descending=name.startswith("-") != backwards,
            nullable=model._meta.get_field(plain).null,
            nulls_first=backwards,
        )

    def expression(self):
        # NULLS is spelt out only where NULLs occur: an index does not serve an order spelt otherwise than its own.
        nulls = {"nulls_first" if self.nulls_first else "nulls_last": True} if self.nullable else {}
        return F(self.name).desc(**nulls) if self.descending else F(self.name).asc(**nulls)

    def beyond(self, value) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if self.nulls_first else Q(pk__in=[])
        further = Q(**{f"{self.name}__{'lt' if self.descending else 'gt'}": value})
        return (
            further | Q(**{f"{self.name}__isnull": True})
            if self.nullable and not self.nulls_first
            else further
        )

    def at(self, value) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


def _beyond(columns: list[_Column], values: list) -> Q:
    """Rows after the cursor: further in the first column, or at its value and further in the next, and so on."""
    beyond, same = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        beyond |= same & column.beyond(value)
        same &= column.at(value)
    first = columns[0]
    if first.nullable:
        return beyond
    # Says again what the alternatives imply, so that the index is entered at the cursor and not at its start.
    return Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": values[0]}) & beyond


def _cursor(row, order) -> str:
    values = [_plain(getattr(row, name.lstrip("-"))) for name in order]
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def _plain(value):
    return (
        value.isoformat()
        if isinstance(value, date | datetime)
        else str(value)
        if isinstance(value, UUID)
        else value
    )


def _read(cursor: str, length: int) -> list | None:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return None
    return values if isinstance(values, list) and len(values) == length else None


def _query(params: QueryDict, direction: str, cursor: str) -> str:
    query = params.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query[direction] = cursor
    return "?" + query.urlencode()
