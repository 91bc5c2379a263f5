"""Keyset paging: a page starts after a row, not after a number of rows, so the thousandth costs what the first does.

The cursor holds the order's values of the row at the page's edge, hidden: they may be a client's name, and
addresses are logged. It grants nothing: the rows behind it still come through the door. A cursor that cannot be
read shows the first page.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.http import QueryDict

from lawcrm.firm.opaque import hide, show

SIZE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """`next_query` and `previous_query` are the query strings of the neighbours ("" where there is none)."""

    rows: list
    next_query: str
    previous_query: str


def keyset_page(rows: QuerySet, order: tuple[str, ...], params: QueryDict, size: int = SIZE) -> Page:
    """The page that `params` ("after" or "before" a cursor) asks for, in `order`.

    `order` names columns of the model or annotations that are never NULL, "-" for descending; the last must be
    unique and never NULL. NULLs stand last in either direction. Relations may not be followed: a column of another
    table has no index to walk.

    An order of columns without NULLs that all go one way is the quickest: an index leads straight to the cursor.
    """
    backwards = "before" in params
    cursor = _read(params.get("before") or params.get("after") or "", order)
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
        next_query=_query(params, "after", cursor_at(found[-1], order)) if has_next else "",
        previous_query=_query(params, "before", cursor_at(found[0], order)) if has_previous else "",
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
            nullable=_is_nullable(model, plain),
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


def _is_nullable(model, name: str) -> bool:
    try:
        return model._meta.get_field(name).null
    except FieldDoesNotExist:
        return False  # an annotation


class _RowBeyond(Func):
    """(a, b) > (x, y): what a B-tree compares by itself."""

    output_field = BooleanField()

    def __init__(self, columns: list[_Column], values: list):
        names = [F(column.name) for column in columns]
        super().__init__(*names, *(Value(value) for value in values))
        self.operator = "<" if columns[0].descending else ">"

    def as_sql(self, compiler, connection, **extra):
        parts, params = [], []
        for expression in self.source_expressions:
            sql, its_params = compiler.compile(expression)
            parts.append(sql)
            params.extend(its_params)
        half = len(parts) // 2
        return f"({', '.join(parts[:half])}) {self.operator} ({', '.join(parts[half:])})", params


def _beyond(columns: list[_Column], values: list) -> Q:
    """Rows after the cursor: further in the first column, or at its value and further in the next, and so on."""
    if len({column.descending for column in columns}) == 1 and not any(column.nullable for column in columns):
        return Q(_RowBeyond(columns, values))
    beyond, same = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        beyond |= same & column.beyond(value)
        same &= column.at(value)
    first = columns[0]
    if first.nullable:
        return beyond
    # Says again what the alternatives imply, so that the index is entered at the cursor and not at its start.
    return Q(**{f"{first.name}__{'lte' if first.descending else 'gte'}": values[0]}) & beyond


def cursor_at(row, order) -> str:
    """The hidden place of a row in an order: what "after" and "before" in an address hold."""
    return hide([_plain(getattr(row, name.lstrip("-"))) for name in order], _purpose(order))


def _purpose(order: tuple[str, ...]) -> str:
    """A cursor of one order does not fit another."""
    return "page " + " ".join(order)


def _plain(value):
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read(cursor: str, order: tuple[str, ...]) -> list | None:
    values = show(cursor, _purpose(order)) if cursor else None
    return values if isinstance(values, list) and len(values) == len(order) else None


def _query(params: QueryDict, direction: str, cursor: str) -> str:
    query = params.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query[direction] = cursor
    return "?" + query.urlencode()
