"""The client list in words: rows, column heads and filters, made ready before the template sees them.

A template that calls filters per cell takes most of a page's time; here each value is made once, in plain Python.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from clients.enums import FAMILY_OF, BusinessField, ClientFamily, ClientKind, Grade, RelationshipType
from clients.forms.client_list import SORTS, ClientListForm
from lawcrm.firm.models.user import ordered_name
from lawcrm.firm.row_address import row_address
from lawcrm.firm.templatetags.look import ago
from lawcrm.firm.words import listed

COLUMNS = (
    "id",
    "name",
    "latin_name",
    "kind",
    "industry",
    "relationship_type",
    "grade",
    "responsible_id",
    "responsible__given_name",
    "responsible__family_name",
    "responsible__name_zh",
    "business_fields",
    "last_contact_at",
    "quiet_from",
    "client_since",
)
MOST_COUNTED = 1000  # nobody reads the difference beyond


class Row(NamedTuple):
    """A tuple, which the template takes apart: a name in a template costs less than an attribute."""

    url: str
    name: str
    sub: str
    type: str
    type_label: str
    grade: str
    grade_css: str
    grade_label: str
    responsible: str
    fields: str
    contact: str
    quiet: bool
    since: str


class RowMaker:
    """Rows for one reader on one day: labels are looked up once per page, not once per row."""

    def __init__(self, today: date):
        self.today = today
        self.kinds = {kind.value: str(kind.label) for kind in ClientKind}
        self.types = {kind.value: (kind.code, str(kind.label)) for kind in RelationshipType}
        self.unknown = ("unknown", _("Not yet assessed"))
        self.grades = {grade.value: str(grade.label) for grade in Grade}
        self.fields = {field.value: str(field.label) for field in BusinessField}
        self.never = pgettext("contact", "never")
        self.days: dict[date, str] = {}

    def row(self, client) -> Row:
        code, label = self.types.get(client.relationship_type, self.unknown)
        return Row(
            url=row_address("clients:detail", client.id),
            name=client.name,
            sub=self._sub(client),
            type=code,
            type_label=label,
            grade=client.grade,
            grade_css=client.grade.lower(),
            grade_label=self.grades.get(client.grade, ""),
            responsible=ordered_name(
                client.responsible__given_name, client.responsible__family_name, client.responsible__name_zh
            ),
            fields=listed(self.fields.get(field, field) for field in client.business_fields),
            contact=self._ago(client.last_contact_at),
            quiet=client.quiet_from is not None and client.quiet_from <= self.today,
            since=str(client.client_since.year) if client.client_since else "",
        )

    def _sub(self, client) -> str:
        second = client.latin_name if client.latin_name != client.name else ""
        return " · ".join(part for part in (second, self.kinds[client.kind], client.industry) if part)

    def _ago(self, moment: datetime | None) -> str:
        if moment is None:
            return self.never
        day = timezone.localtime(moment).date()
        if day not in self.days:
            self.days[day] = ago(moment)
        return self.days[day]


@dataclass(slots=True)
class Heading:
    code: str
    text: str
    url: str
    sort: str  # "", "ascending", "descending"
    css: str = ""


def headings(form: ClientListForm, params: QueryDict) -> list[Heading]:
    """The columns' heads; a head that sorts turns the order round when it is the present one."""
    texts = (
        ("name", _("Client"), ""),
        ("type", _("Relationship"), ""),
        ("grade", _("Grade"), ""),
        ("", _("Responsible"), ""),
        ("", _("Field"), "not-phone"),
        ("contact", _("Last contact"), ""),
        ("since", pgettext("year", "Since"), "num not-phone"),
    )
    return [_heading(code, text, css, form.sort_code, params) for code, text, css in texts]


def _heading(code, text, css, present, params) -> Heading:
    if not code:
        return Heading("", text, "", "", css)
    falls = SORTS[code].order[0].startswith("-")
    direction = ""
    if present.lstrip("-") == code:
        direction = "descending" if falls != present.startswith("-") else "ascending"
    return Heading(code, text, _address(params, sort=f"-{code}" if present == code else code), direction, css)


def _address(params: QueryDict, **changes) -> str:
    """The list's address with some parameters changed (None takes one away), back at its first page."""
    query = params.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return "?" + query.urlencode()


@dataclass(slots=True)
class Choice:
    """One filter: a select that looks like a chip. `options` is its HTML; `more` come when it is opened."""

    name: str
    label: str
    value: str
    options: SafeString
    more: bool = False


def lawyer_options(chosen: str, lawyers: list[tuple]) -> SafeString:
    return _options((("", _("Any lawyer")), ("me", _("Me")), *lawyers), chosen)


def choices(form: ClientListForm, lawyers: list[tuple], more_lawyers: bool = False) -> list[Choice]:
    labels = (
        ("type", _("Relationship")),
        ("grade", _("Grade")),
        ("responsible", _("Responsible lawyer")),
        ("kind", _("Kind")),
        ("field", _("Business field")),
        ("source", _("Source")),
    )
    return [
        _choice(name, label, str(form.chosen.get(name, "")), lawyers, more_lawyers) for name, label in labels
    ]


def _choice(name, label, value, lawyers, more_lawyers) -> Choice:
    if name == "responsible":
        return Choice(name, label, value, lawyer_options(value, lawyers), more_lawyers)
    return Choice(name, label, value, _closed_options(name, value, get_language()))


@cache
def _closed_options(name: str, value: str, language: str) -> SafeString:
    """The options of a closed list, drawn once per language and choice: there are some fifty of these."""
    if name != "kind":
        return _options(ClientListForm.base_fields[name].choices, value)
    drawn = [_options([("", _("Any kind"))], value)]
    for family in ClientFamily:
        kinds = [(kind.value, kind.label) for kind, its in FAMILY_OF.items() if its == family]
        inside = _options([(family.value, _("All of them")), *kinds], value)
        drawn.append(format_html('<optgroup label="{}">{}</optgroup>', family.label, inside))
    return SafeString("".join(drawn))


def _options(pairs, value: str) -> SafeString:
    marked = ((code, SafeString(" selected" if code == value else ""), text) for code, text in pairs)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)


def shown(count: int, *, capped: bool) -> str:
    """How many clients the list holds, as far as anybody counted."""
    if capped:
        return _("%(n)s+ clients") % {"n": f"{MOST_COUNTED:,}"}
    return ngettext("%(n)s client", "%(n)s clients", count) % {"n": f"{count:,}"}
