"""The columns of a client list: what they are called, how their cells become values, how values are written out.

A django-import-export Resource declares them once, for import and export alike. Its executor is not used: matching,
bulk writing and safe output are ours (docs/decisions/0013-own-import-executor.md).
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.fields import Field

from clients.enums import (
    BusinessField,
    ClientKind,
    CompanySize,
    ConsentBasis,
    ConsentForm,
    CreditStanding,
    Grade,
    Language,
    PreferredChannel,
    ServiceType,
    Sex,
    Source,
    Temperament,
)
from clients.importing.further import (
    FURTHER_OF,
    beside,
    others_in,
    several_addresses,
    several_emails,
    several_phones,
)
from clients.importing.plan import UPDATE_ONLY, Plan
from clients.importing.widgets import (
    BirthDate,
    Colleague,
    Day,
    DepartmentOfFirm,
    NumberOfPerson,
    OneOf,
    PastDay,
    Reference,
    RuleWidget,
    SomeOf,
    SomeTexts,
    TagsOfFirm,
)
from clients.importing.words import fold
from clients.rules import identity, labels, normalise
from clients.rules.in_a_cell import wechat_in
from lawcrm.firm.spreadsheets.reader import Cell


class Column(Field):
    """A column of the list. `required`: a row without it is refused; `secret`: kept sealed and shown masked."""

    def __init__(self, title, widget, *, attribute=None, required=False, secret=False):
        super().__init__(attribute=attribute, column_name=title, widget=widget)
        self.title, self.required, self.secret = title, required, secret


def _text(longest: int) -> RuleWidget:
    return RuleWidget(normalise.read_text, longest=longest)


class ListResource(resources.Resource):
    """A list of rows. `people`: who of us can be meant (PeopleByName); `today`: where the reader of the list is."""

    needed: tuple[str, ...] = ()  # what every row must have
    until_today: tuple[str, ...] = ()  # days that have been

    def __init__(self, *, people=None, today=None, plan: Plan | None = None):
        super().__init__()
        self.plan = plan or Plan()
        self.required = self.needed
        for name, words in self.plan.words.items():
            if name in self.fields:
                self.fields[name].widget.learn(words)
        for name, column in self.fields.items():
            column.attribute = column.attribute or name
            if isinstance(column.widget, Colleague):
                column.widget.people = people
        for name in self.until_today:
            self.fields[name].widget.options["latest"] = today

    def read(self, cells: dict[str, Cell], defaults: dict) -> "RowReading":
        """One row: clean values by field, what could not be read, and what was read otherwise than it stood."""
        row = RowReading()
        for name, cell in cells.items():
            if cell:
                reading = self.fields[name].widget.clean(cell)
                if reading.problem and name == "phone" and (known_as := wechat_in(cell.text)):
                    self._keep_wechat(row, known_as)
                elif reading.problem:
                    row.refuse(name, reading.problem)
                elif reading.value:
                    row.values[name] = beside(row.values.get(name), reading.value)
                    changes = reading.changes
                    if name in FURTHER_OF and (others := others_in(changes)):
                        self._keep_others(row, name, others)
                        changes = [change for change in changes if change.code != "others_left_out"]
                    row.notes.extend(_note(name, change) for change in changes)
        row.complete(defaults, self.required, self.plan.columns.values())
        self.check_together(row)
        return row

    def _keep_wechat(self, row: "RowReading", known_as: str) -> None:
        """A WeChat ID among the phones is kept as that, where the row has no other."""
        row.values.setdefault("wechat", known_as)
        row.notes.append({"field": "phone", "code": "wechat_kept", "params": {"id": known_as}})

    def _keep_others(self, row: "RowReading", name: str, others: list[str]) -> None:
        """A cell with several phones: the first is the main one, the rest are further ones, as far as they can be read."""
        further = FURTHER_OF[name]
        widget = self.fields[further].widget if further in self.fields else None
        readings = {one: widget.clean(Cell(one, "text")) if widget else None for one in others}
        kept = [one for one, reading in readings.items() if reading and not reading.problem]
        held = row.values.get(further, [])
        there = {row.values[name], *(value for value, _label in held)}
        held = [*held, *(said for one in kept for said in readings[one].value if said[0] not in there)]
        if held:
            row.values[further] = held
        for code, some in (
            ("others_kept", kept),
            ("others_left_out", [one for one in others if one not in kept]),
        ):
            if some:
                row.notes.append({"field": name, "code": code, "params": {"others": " / ".join(some)}})

    def check_together(self, row: "RowReading") -> None:
        """What no cell shows alone."""
        row.check_together()


class ClientResource(ListResource):
    """The client list."""

    needed = ("name", "kind", "responsible")
    until_today = ("birth_date", "client_since", "consent_on")

    name = Column(_("Name"), RuleWidget(normalise.read_name), required=True)
    latin_name = Column(_("Latin name"), _text(200))
    kind = Column(_("Kind"), OneOf(labels.KINDS, ClientKind), required=True)
    sex = Column(_("Sex"), OneOf(labels.SEXES, Sex))
    business_fields = Column(_("Business field"), SomeOf(labels.BUSINESS_FIELDS, BusinessField))
    service_types = Column(_("Service type"), SomeOf(labels.SERVICE_TYPES, ServiceType))
    source = Column(_("Source"), OneOf(labels.SOURCES, Source))
    referred_by = Column(_("Referred by"), _text(200))
    responsible = Column(_("Responsible lawyer"), Colleague(), attribute="responsible_id", required=True)
    department = Column(_("Department"), DepartmentOfFirm(), attribute="department_id")
    tags = Column(_("Tags"), TagsOfFirm(), attribute="tag_ids")
    phone = Column(_("Phone"), RuleWidget(normalise.read_phone))
    email = Column(_("Email"), RuleWidget(normalise.read_email))
    wechat = Column(_("WeChat"), _text(60))
    other_phones = Column(_("Further phones"), several_phones())
    other_emails = Column(_("Further mail addresses"), several_emails())
    other_addresses = Column(_("Further addresses"), several_addresses())
    identity_number = Column(_("Identity number"), NumberOfPerson(), secret=True)
    registration_number = Column(
        _("Registration number"),
        RuleWidget(identity.read_registration_number, from_spreadsheet=True),
        secret=True,
    )
    birth_date = Column(_("Birth date"), BirthDate())
    client_since = Column(_("Client since"), PastDay(month_will_do=True))
    grade = Column(_("Grade"), OneOf(labels.GRADES, Grade))
    address = Column(_("Address"), _text(300))
    industry = Column(_("Industry"), _text(120))
    former_names = Column(_("Former names"), SomeTexts(200))
    language = Column(_("Language"), OneOf(labels.LANGUAGES, Language))
    website = Column(_("Website"), RuleWidget(normalise.read_website))
    preferred_channel = Column(_("Preferred channel"), OneOf(labels.PREFERRED_CHANNELS, PreferredChannel))
    preferred_hours = Column(_("Preferred hours"), _text(120))
    temperament = Column(_("Temperament"), OneOf(labels.TEMPERAMENTS, Temperament))
    employer = Column(_("Employer"), _text(200))
    position = Column(_("Position"), _text(120))
    education = Column(_("Education"), _text(200))
    interests = Column(_("Interests"), _text(300))
    family_notes = Column(_("Family"), RuleWidget(normalise.read_note), secret=True)
    company_size = Column(_("Size"), OneOf(labels.COMPANY_SIZES, CompanySize))
    group_name = Column(_("Group"), _text(200))
    listing = Column(_("Listed as"), _text(120))
    credit_standing = Column(_("Credit standing"), OneOf(labels.CREDIT_STANDINGS, CreditStanding))
    background = Column(_("Background"), RuleWidget(normalise.read_note), secret=True)
    purpose_of_processing = Column(_("Purpose of processing"), _text(300))
    consent_basis = Column(_("Basis of processing"), OneOf(labels.CONSENT_BASES, ConsentBasis))
    consent_form = Column(_("Consent given"), OneOf(labels.CONSENT_FORMS, ConsentForm))
    consent_on = Column(_("Consent given on"), PastDay())
    consent_until = Column(_("Consent ends on"), Day())
    note = Column(_("Note"), RuleWidget(normalise.read_note))
    # who the row is, where the list came from here: not a field of the profile, and never written
    reference = Column(_("LawCRM reference"), Reference(), attribute="pk")

    def __init__(self, *, people=None, today=None, plan: Plan | None = None):
        super().__init__(people=people, today=today, plan=plan)
        if self.plan.mode == UPDATE_ONLY:
            self.required = ("name",)
        self.fields["identity_number"].widget.options["today"] = today


@dataclass(slots=True)
class RowReading:
    values: dict = field(default_factory=dict)
    problems: list[dict] = field(default_factory=list)
    notes: list[dict] = field(default_factory=list)

    def refuse(self, name: str, problem) -> None:
        self.problems.append({"field": name, "code": problem.code, "params": problem.params})

    def complete(self, defaults: dict, required: Iterable[str], columns: Collection[str]) -> None:
        """What the file does not say but the person who imports does; what is missing even so."""
        refused = {problem["field"] for problem in self.problems}
        for name, default in defaults.items():
            if name not in self.values and name not in refused:
                self.values[name] = default
        if any(problem["code"] == "total_row" for problem in self.problems):
            return  # no client at all: nothing is missing
        for name in required:
            if name not in self.values and name not in refused:
                code = "missing" if name in columns else "no_column"
                self.problems.append({"field": name, "code": code, "params": {}})

    def check_together(self) -> None:
        """What no cell shows alone."""
        number, birth_date = self.values.get("identity_number", ""), self.values.get("birth_date")
        if problem := identity.birth_date_conflict(number, birth_date):
            self.refuse("birth_date", problem)


def _note(name: str, change) -> dict:
    return {"field": name, "code": change.code, "params": change.params}


COLUMNS = ClientResource.fields
REQUIRED = tuple(name for name, column in COLUMNS.items() if column.required)
# What one may say once for all rows: what differs from client to client is not among it.
DEFAULTED = (
    "responsible", "kind", "source", "grade", "business_fields", "service_types", "client_since", "industry",
    "referred_by", "department", "tags",
)  # fmt: skip
SECRET = frozenset({"client_number"}) | frozenset(name for name, column in COLUMNS.items() if column.secret)


def signature(titles: list[str]) -> str:
    """Equal for files with the same headings in the same order."""
    return hashlib.sha256("\n".join(map(fold, titles)).encode()).hexdigest()
