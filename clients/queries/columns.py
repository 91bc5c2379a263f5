"""The columns of a client: what a list can show, sort and filter by, declared once.

The list, saved views, bulk work and exports all read this table. A column's `code` stands in addresses and saved views
and is never changed; a new field of the client that lists should know is one more line here.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.functions import Substr
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import (
    BusinessField,
    ClientFamily,
    ClientKind,
    CompanySize,
    ConsentBasis,
    ConsentForm,
    CreditStanding,
    Grade,
    Language,
    PreferredChannel,
    RelationshipType,
    ServiceType,
    Sex,
    Source,
    Temperament,
)
from clients.queries.clients import CONTACT_RANK, GRADE_RANK, SINCE_RANK, TYPE_RANK, VERIFIED_RANK
from clients.queries.column_conditions import (
    by_birth_month,
    by_former_name,
    by_grade,
    by_kind,
    by_mine,
    by_quiet,
    by_referrer,
    by_team,
    by_type,
    on_record,
)
from clients.queries.column_kinds import NONE, Column, Kind, Part, Sort


def _codes(choices) -> tuple:
    return tuple(choices.choices)


def _held(code: str, label, lookup: str) -> Column:
    choices = (
        ("yes", format_lazy("{}: {}", label, _("on record"))),
        ("no", format_lazy("{}: {}", label, _("not on record"))),
    )
    return Column(code, label, Kind.FLAG, choices=choices, condition=on_record(lookup), showable=False)


KINDS = (*ClientFamily.choices, *ClientKind.choices)
TYPES = (*((kind.code, kind.label) for kind in RelationshipType), (NONE, _("Not yet assessed")))
GRADES = (
    *((grade.value, format_lazy("{} · {}", grade.value, grade.label)) for grade in Grade),
    (NONE, _("No grade")),
)
MONTHS = tuple((str(number), MONTH_NAMES[number]) for number in range(1, 13))
FORMER_NAMES = Func(F("former_names"), Value("; "), function="array_to_string", output_field=TextField())
BIRTH_MONTH = Substr(F("birth_date"), 6, 2, output_field=CharField())

_ALL = (
    Column(
        "name", pgettext_lazy("client", "Name"), Kind.TEXT, "name", needs=("latin_name", "kind", "industry"), personal=True,
        sort=Sort(("sort_key", "id")), may_be_empty=False,
    ),
    Column("latin_name", _("Latin name"), Kind.TEXT, "latin_name", personal=True),
    Column("former_names", _("Former names"), Kind.TEXT, "former_names", personal=True, condition=by_former_name),
    Column("kind", _("Kind"), Kind.CODE, "kind", choices=KINDS, condition=by_kind, may_be_empty=False),
    Column("industry", _("Industry"), Kind.TEXT, "industry", personal=True),
    Column("company_size", _("Size"), Kind.CODE, "company_size", choices=_codes(CompanySize)),
    Column("group", _("Group"), Kind.TEXT, "group_name", personal=True),
    Column("listing", _("Listed as"), Kind.TEXT, "listing", personal=True),
    Column("credit", _("Credit standing"), Kind.CODE, "credit_standing", choices=_codes(CreditStanding)),
    Column("employer", _("Employer"), Kind.TEXT, "employer", personal=True),
    Column("position", _("Position"), Kind.TEXT, "position", personal=True),
    Column("education", _("Education"), Kind.TEXT, "education", personal=True),
    Column("interests", _("Interests"), Kind.TEXT, "interests", personal=True),
    Column("birthday", _("Birthday"), Kind.CODE, "birth_date", choices=MONTHS, condition=by_birth_month),
    Column("sex", _("Sex"), Kind.CODE, "sex", choices=_codes(Sex)),
    Column("temperament", _("Temperament"), Kind.CODE, "temperament", choices=_codes(Temperament)),
    _held("identity", _("Identity number"), "identity_index"),
    _held("registration", _("Registration number"), "registration_index"),
    _held("family", _("Family"), "family_notes"),
    _held("background", _("Background"), "background"),
    Column("note", _("Note"), Kind.TEXT, "note", personal=True),
    Column("phone", _("Phone"), Kind.TEXT, "phone", Part.REACH, personal=True),
    Column("email", _("Email"), Kind.TEXT, "email", Part.REACH, personal=True),
    Column("wechat", _("WeChat"), Kind.TEXT, "wechat", Part.REACH, personal=True),
    Column("address", _("Address"), Kind.TEXT, "address", Part.REACH, personal=True),
    Column("website", _("Website"), Kind.TEXT, "website", Part.REACH, personal=True),
    Column("channel", _("Preferred channel"), Kind.CODE, "preferred_channel", Part.REACH, choices=_codes(PreferredChannel)),
    Column("hours", _("Preferred hours"), Kind.TEXT, "preferred_hours", Part.REACH, personal=True),
    Column("time_zone", _("Time zone"), Kind.TEXT, "time_zone", Part.REACH),
    Column("language", _("Language"), Kind.CODE, "language", Part.REACH, choices=_codes(Language)),
    Column(
        "grade", _("Grade"), Kind.CODE, "grade", Part.FIRM, choices=GRADES, condition=by_grade,
        sort=Sort(("grade_rank", "sort_key", "id"), ("grade_rank", GRADE_RANK)),
    ),
    Column(
        "responsible", _("Responsible lawyer"), Kind.PERSON, "responsible_id", Part.FIRM,
        needs=("responsible__given_name", "responsible__family_name", "responsible__name_zh"), may_be_empty=False,
        sort=Sort(("responsible_rank", "sort_key", "id")),
    ),
    Column("team", _("Team"), Kind.PERSON, "team_ids", Part.FIRM, condition=by_team),
    Column(
        "mine", _("Mine"), Kind.FLAG, part=Part.FIRM, choices=(("yes", _("Mine")), ("no", _("Not mine"))),
        condition=by_mine, showable=False,
    ),
    Column("tags", _("Tags"), Kind.TAGS, "tag_ids", Part.FIRM),
    Column("department", _("Department"), Kind.DEPARTMENT, "department_id", Part.FIRM),
    Column("field", _("Business field"), Kind.CODES, "business_fields", Part.FIRM, choices=_codes(BusinessField)),
    Column("service", _("Service type"), Kind.CODES, "service_types", Part.FIRM, choices=_codes(ServiceType)),
    Column("source", _("Source"), Kind.CODE, "source", Part.FIRM, choices=_codes(Source)),
    Column(
        "referred_by", _("Referred by"), Kind.TEXT, "referred_by", Part.FIRM, personal=True, condition=by_referrer
    ),
    Column("purpose", _("Purpose of processing"), Kind.TEXT, "purpose_of_processing", Part.FIRM, personal=True),
    Column("basis", _("Basis"), Kind.CODE, "consent_basis", Part.FIRM, choices=_codes(ConsentBasis)),
    Column("consent_form", _("How it was given"), Kind.CODE, "consent_form", Part.FIRM, choices=_codes(ConsentForm)),
    Column("consent", _("Consent given on"), Kind.DAY, "consent_on", Part.FIRM),
    Column("consent_until", _("Consent ends on"), Kind.DAY, "consent_until", Part.FIRM),
    Column("consent_withdrawn", _("Consent withdrawn on"), Kind.DAY, "consent_withdrawn_on", Part.FIRM),
    Column("consent_note", _("What the consent covers"), Kind.TEXT, "consent_note", Part.FIRM, personal=True),
    Column(
        "disclosure", _("May be disclosed"), Kind.FLAG, "consent_disclosure", Part.FIRM,
        choices=(("yes", _("May be disclosed to third parties")), ("no", _("May not be disclosed"))),
    ),
    Column(
        "since", _("Client since"), Kind.DAY, "client_since", Part.FIRM,
        sort=Sort(("-since_rank", "-id"), ("since_rank", SINCE_RANK)),
    ),
    Column(
        "verified", _("Last verified"), Kind.DAY, "verified_on", Part.FIRM,
        sort=Sort(("-verified_rank", "-id"), ("verified_rank", VERIFIED_RANK)),
    ),
    Column(
        "created", _("Added"), Kind.MOMENT, "created_at", Part.FIRM, may_be_empty=False,
        sort=Sort(("-id",)),
    ),
    Column(
        "type", _("Relationship"), Kind.CODE, "relationship_type", Part.LOG, choices=TYPES, condition=by_type,
        sort=Sort(("type_rank", "sort_key", "id"), ("type_rank", TYPE_RANK)),
    ),
    Column(
        "contact", _("Last contact"), Kind.MOMENT, "last_contact_at", Part.LOG, needs=("quiet_from",),
        sort=Sort(("-contact_rank", "-id"), ("contact_rank", CONTACT_RANK)),
    ),
    Column(
        "quiet", _("Gone quiet"), Kind.FLAG, "quiet_from", Part.LOG,
        choices=(("yes", _("Gone quiet")), ("no", pgettext_lazy("client list", "In touch"))), condition=by_quiet,
    ),
    Column("chosen", _("Ticked"), Kind.CHOSEN, offered=False, showable=False, may_be_empty=False),
)  # fmt: skip

COLUMNS: dict[str, Column] = {column.code: column for column in _ALL}
SHOWN_FIRST = ("name", "type", "grade", "responsible", "field", "contact", "since")
SORTS: dict[str, Sort] = {column.code: column.sort for column in _ALL if column.sort}
RANKS = {
    "its_type": TYPE_RANK,
    "its_grade": GRADE_RANK,
    "its_birth_month": BIRTH_MONTH,
    "its_former": FORMER_NAMES,
}


def shown_columns(codes: Iterable[str]) -> list[Column]:
    """The columns of these codes in their order, the name always first; without any the usual ones."""
    known = [COLUMNS[code] for code in dict.fromkeys(codes) if code in COLUMNS and COLUMNS[code].showable]
    known = known or [COLUMNS[code] for code in SHOWN_FIRST]
    return [COLUMNS["name"], *(column for column in known if column.code != "name")]
