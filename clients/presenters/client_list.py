"""The client list in words: rows, column heads and conditions, made ready before the template sees them.

A template that calls filters per cell takes most of a page's time; here each value is made once, in plain Python.
"""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from clients.enums import ClientKind, Grade, RelationshipType
from clients.forms.client_list import ClientListForm
from clients.presenters.columns import plain_of
from clients.queries.column_kinds import PART_LABELS, Column, Kind, Part
from clients.queries.columns import COLUMNS, SORTS
from clients.queries.list_words import Words
from lawcrm.firm.templatetags.look import ago

ALWAYS = ("id", "name", "latin_name", "kind", "industry", "tag_ids", "sort_key", "version")
MOST_COUNTED = 1000  # nobody reads the difference beyond
_PLACE = "00000000-0000-0000-0000-000000000000"


class Row(NamedTuple):
    """A tuple, which the template takes apart: a name in a template costs less than an attribute."""

    id: str
    url: str
    name: str
    sub: str
    tags: list[str]
    cells: list[tuple[str, str]]  # attributes of the cell, and what stands in it


def fields_of(columns: list[Column]) -> list[str]:
    """The fields a row of these columns is made of."""
    return list(dict.fromkeys([*ALWAYS, *(name for column in columns for name in column.fields)]))


class RowMaker:
    """Rows for one reader on one day: labels are looked up once per page, not once per row."""

    def __init__(self, columns: list[Column], words: Words, *, following: str = ""):
        self.words, self.today = words, words.today
        self.kinds = {kind.value: str(kind.label) for kind in ClientKind}
        self.address = reverse("clients:detail", args=[_PLACE]) + following
        self.days: dict[date, str] = {}
        self.never = pgettext("contact", "never")
        self.quiet = _("quiet")
        self.cells = [self._cell(column) for column in columns[1:]]

    def row(self, client) -> Row:
        key = str(client.id)
        return Row(
            id=key,
            url=self.address.replace(_PLACE, key),
            name=client.name,
            sub=self._sub(client),
            tags=[self.words.tags[pk] for pk in client.tag_ids if pk in self.words.tags],
            cells=[(attributes, content(client)) for attributes, content in self.cells],
        )

    def _sub(self, client) -> str:
        second = client.latin_name if client.latin_name != client.name else ""
        return " · ".join(part for part in (second, self.kinds[client.kind], client.industry) if part)

    # -- cells ---------------------------------------------------------------------------------------------------

    def _cell(self, column: Column) -> tuple[str, Callable]:
        css = _css(column)
        return format_html(' class="{}"', css) if css else SafeString(""), self._content(column)

    def _content(self, column: Column) -> Callable:
        if column.code == "type":
            marks = _drawn_types(get_language())
            return lambda client: marks[client.relationship_type]
        if column.code == "grade":
            grades = _grade_marks(get_language())
            return lambda client: grades.get(client.grade, "")
        if column.code == "contact":
            return self._contact
        plain = plain_of(column, self.words)
        if column.code == "since":
            return lambda client: str(client.client_since.year) if client.client_since else ""
        if column.kind in (Kind.DAY, Kind.MOMENT):
            return lambda client: _short_day(plain(client))
        return lambda client: escape(plain(client) or "")

    def _contact(self, client) -> SafeString:
        if client.last_contact_at is None:
            said = self.never
        else:
            day = timezone.localtime(client.last_contact_at).date()
            said = self.days.get(day) or self.days.setdefault(day, ago(client.last_contact_at))
        if client.quiet_from is not None and client.quiet_from <= self.today:
            return format_html('{} <span class="mini mini-late">{}</span>', said, self.quiet)
        return conditional_escape(said)


_CSS = {
    "responsible": "nowrap",
    "contact": "nowrap",
    "field": "not-phone",
    "since": "num not-phone",
    "type": "",
    "grade": "",
    "phone": "nowrap",
}
_KIND_CSS = {
    Kind.TEXT: "not-phone one-line",
    Kind.CODE: "not-phone",
    Kind.CODES: "not-phone",
    Kind.PERSON: "not-phone",
    Kind.DEPARTMENT: "not-phone nowrap",
    Kind.DAY: "num not-phone",
    Kind.MOMENT: "num not-phone",
    Kind.NUMBER: "num not-phone",
    Kind.FLAG: "not-phone",
}


def _css(column: Column) -> str:
    return _CSS[column.code] if column.code in _CSS else _KIND_CSS.get(column.kind, "")


def _short_day(value: date | datetime | None) -> str:
    if not value:
        return ""
    return date_format(value.date() if isinstance(value, datetime) else value, "SHORT_DATE_FORMAT")


@cache
def _drawn_types(language: str) -> dict:
    marks = {kind.value: (kind.code, kind.label) for kind in RelationshipType}
    marks[None] = ("unknown", _("Not yet assessed"))
    return {
        value: format_html('<span class="type type-{}">{}</span>', code, label)
        for value, (code, label) in marks.items()
    }


@cache
def _grade_marks(language: str) -> dict:
    return {
        grade.value: format_html(
            '<span class="grade grade-{}" title="{}">{}</span>', grade.value.lower(), grade.label, grade.value
        )
        for grade in Grade
    }


# -- heads -------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Heading:
    code: str
    text: str
    url: str
    sort: str  # "", "ascending", "descending"
    css: str = ""
    edits: bool = False  # the cells below it


def headings(form: ClientListForm, editable: Container[str] = ()) -> list[Heading]:
    """The columns' heads; a head that sorts turns the order round when it is the present one."""
    heads = [_heading(column, form) for column in form.columns]
    for head in heads:
        head.edits = head.code in editable
    return heads


def short_label(column: Column) -> str:
    """A column's name where room is scarce."""
    short = {
        "name": _("Client"),
        "responsible": _("Responsible"),
        "field": _("Field"),
        "since": pgettext("year", "Since"),
    }
    return str(short.get(column.code) or column.label)


def _heading(column: Column, form: ClientListForm) -> Heading:
    css = "" if column.code == "name" else _css(column).replace("one-line", "").replace("nowrap", "").strip()
    if not column.sortable:
        return Heading(column.code, short_label(column), "", "", css)
    falls, present = SORTS[column.code].order[0].startswith("-"), form.sort_code
    direction = ""
    if present.lstrip("-") == column.code:
        direction = "descending" if falls != present.startswith("-") else "ascending"
    address = form.address(sort=f"-{column.code}" if present == column.code else column.code)
    return Heading(column.code, short_label(column), address, direction, css)


def shown(count: int, *, capped: bool) -> str:
    """How many clients the list holds, as far as anybody counted."""
    if capped:
        return _("%(n)s+ clients") % {"n": f"{MOST_COUNTED:,}"}
    return ngettext("%(n)s client", "%(n)s clients", count) % {"n": f"{count:,}"}


# -- choosing columns ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class ColumnChoice:
    code: str
    label: str
    on: bool


def column_choices(form: ClientListForm) -> dict:
    """The columns there are: those shown in their order, then the others by part. The name always stands first."""
    on = [ColumnChoice(column.code, str(column.label), True) for column in form.columns[1:]]
    others = [
        (
            str(PART_LABELS[part]),
            [
                ColumnChoice(column.code, str(column.label), False)
                for column in COLUMNS.values()
                if column.part == part and column.showable and column not in form.columns
            ],
        )
        for part in Part
    ]
    return {"on": on, "others": [(label, choices) for label, choices in others if choices]}
