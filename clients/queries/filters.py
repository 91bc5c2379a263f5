"""The columns of a client: what a list can show, sort and filter by, declared once.

The list, saved views, bulk work and exports all read this table. A column's `code` stands in addresses and saved views
and is never changed; a new field of the client that lists should know is one more line here.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.apps import apps
from django.db.models import CharField, F, Func, Q, TextField, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import (
    FAMILY_OF,
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
from clients.queries.clients import (
    CONTACT_RANK,
    GRADE_RANK,
    SINCE_RANK,
    SPARSE_TEXTS,
    TYPE_RANK,
    VERIFIED_RANK,
    works_for,
)
from clients.rules.filters import Condition, Op, as_day, as_last_day, groups_of, in_group
from lawcrm.firm.roles import Scope

NONE = "none"  # the value that stands for "nothing said" among codes


class Kind(StrEnum):
    """What kind of value a column holds: which comparisons it knows, and how it is shown and exported."""

    TEXT = "text"
    CODE = "code"  # one of a closed list
    CODES = "codes"  # several of a closed list
    PERSON = "person"  # of the firm
    DEPARTMENT = "department"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    FLAG = "flag"
    TAGS = "tags"
    CHOSEN = "chosen"  # rows ticked one by one


OPS = {
    Kind.TEXT: (Op.HAS, Op.IS, Op.STARTS, Op.LACKS, Op.EMPTY, Op.FILLED),
    Kind.CODE: (Op.IS, Op.NOT),
    Kind.CODES: (Op.IS, Op.ALL, Op.NOT),
    Kind.PERSON: (Op.IS, Op.NOT),
    Kind.DEPARTMENT: (Op.IS, Op.NOT),
    Kind.DAY: (Op.BETWEEN, Op.WITHIN, Op.OVER, Op.NEXT, Op.EMPTY, Op.FILLED),
    Kind.MOMENT: (Op.BETWEEN, Op.WITHIN, Op.OVER, Op.EMPTY, Op.FILLED),
    Kind.NUMBER: (Op.BETWEEN, Op.EMPTY, Op.FILLED),
    Kind.FLAG: (Op.IS,),
    Kind.TAGS: (Op.IS, Op.ALL, Op.NOT),
    Kind.CHOSEN: (Op.IS, Op.NOT),
}


class Part(StrEnum):
    """Where a column stands in choosers."""

    WHO = "who"
    REACH = "reach"
    FIRM = "firm"
    LOG = "log"


PART_LABELS = {
    Part.WHO: _("Who they are"),
    Part.REACH: _("How to reach them"),
    Part.FIRM: _("What they are to the firm"),
    Part.LOG: _("What the log says"),
}


@dataclass(frozen=True)
class Sort:
    """`order` is the first click's, its last column unique; `rank` annotates what is not a column, never NULL."""

    order: tuple[str, ...]
    rank: tuple[str, object] | None = None

    def reversed(self) -> tuple[str, ...]:
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.order)


@dataclass(frozen=True)
class Asking:
    """Who asks, and on which day: "me", "mine" and "gone quiet" mean nothing without."""

    user: object
    today: date


@dataclass(frozen=True)
class Column:
    """One column. `lookup` is the field of Client; `needs` more of them that showing it takes; `compared` the
    expression of `_RANKS` that a text is looked for in, where that is not the field itself.

    `personal`: its words are hidden in addresses. `choices`: (code, label) of a closed list. `condition` replaces the
    usual comparison of its kind; None from it means "holds for all".
    """

    code: str
    label: str
    kind: Kind
    lookup: str = ""
    part: Part = Part.WHO
    choices: tuple = ()
    needs: tuple[str, ...] = ()
    compared: str = ""
    sort: Sort | None = None
    personal: bool = False
    filterable: bool = True
    offered: bool = True  # among what a list can be narrowed by
    showable: bool = True
    may_be_empty: bool = True
    condition: Callable[[Condition, Asking], Q | None] | None = field(default=None, repr=False)

    @property
    def sortable(self) -> bool:
        return self.sort is not None

    @property
    def ops(self) -> tuple[Op, ...]:
        return OPS[self.kind]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of Client a row must carry to show this column."""
        return (self.lookup, *self.needs) if self.lookup else self.needs

    def q(self, condition: Condition, asking: Asking) -> Q | None:
        """The rows for which the condition holds; None where it makes no sense here (an old or mistyped address)."""
        if condition.op not in self.ops or not self.filterable:
            return None
        return (self.condition or _CONDITIONS[self.kind].__get__(self))(condition, asking)

    # -- by kind ---------------------------------------------------------------------------------------------

    def _text(self, condition: Condition, asking: Asking) -> Q | None:
        if condition.op in (Op.EMPTY, Op.FILLED):
            empty = Q(**{self.compared or self.lookup: ""})
            return empty if condition.op == Op.EMPTY else ~empty
        words = condition.values[0]
        how = {Op.HAS: "icontains", Op.LACKS: "icontains", Op.IS: "iexact", Op.STARTS: "istartswith"}
        found = Q(**{f"{self.compared or self.lookup}__{how[condition.op]}": words})
        if condition.op == Op.LACKS:
            return ~found
        # says what the index of those who have any says: what few have is looked for among these few
        return found & ~Q(**{self.lookup: ""}) if words and self.lookup in SPARSE_TEXTS else found

    def _code(self, condition: Condition, asking: Asking) -> Q | None:
        known = {str(code) for code, _label in self.choices} | {NONE}
        codes = [code for code in condition.values if code in known]
        if not codes:
            return None
        found = Q(**{f"{self.lookup}__in": ["" if code == NONE else code for code in codes]})
        return ~found if condition.op == Op.NOT else found

    def _codes(self, condition: Condition, asking: Asking) -> Q | None:
        known = {str(code) for code, _label in self.choices}
        codes = [code for code in condition.values if code in known]
        if condition.op == Op.ALL:
            return Q(**{f"{self.lookup}__contains": codes}) if codes else None
        asked = [Q(**{f"{self.lookup}__overlap": codes})] if codes else []
        if NONE in condition.values:
            asked.append(Q(**{self.lookup: []}))
        if not asked:
            return None
        found = reduce(or_, asked)
        return ~found if condition.op == Op.NOT else found

    def _key(self, condition: Condition, asking: Asking) -> Q | None:
        keys = [asking.user.pk if one == "me" else _as_key(one) for one in condition.values if one != NONE]
        keys = [key for key in keys if key is not None]
        asked = [Q(**{f"{self.lookup}__in": keys})] if keys else []
        if NONE in condition.values and self.may_be_empty:
            asked.append(Q(**{f"{self.lookup}__isnull": True}))
        if not asked:
            return None
        found = reduce(or_, asked)
        return ~found if condition.op == Op.NOT else found

    def _tags(self, condition: Condition, asking: Asking) -> Q | None:
        keys = [key for one in condition.values if (key := _as_key(one))]
        if condition.op == Op.ALL:
            return Q(**{f"{self.lookup}__contains": keys}) if keys else None
        asked = [Q(**{f"{self.lookup}__overlap": keys})] if keys else []
        if NONE in condition.values:
            asked.append(Q(**{self.lookup: []}))
        if not asked:
            return None
        found = reduce(or_, asked)
        return ~found if condition.op == Op.NOT else found

    def _chosen(self, condition: Condition, asking: Asking) -> Q | None:
        keys = [key for one in condition.values if (key := long_key(one))]
        return (~Q(pk__in=keys) if condition.op == Op.NOT else Q(pk__in=keys)) if keys else None

    def _day(self, condition: Condition, asking: Asking) -> Q | None:
        if condition.op in (Op.EMPTY, Op.FILLED):
            return Q(**{f"{self.lookup}__isnull": condition.op == Op.EMPTY})
        first, last = _span(condition, asking.today)
        if first is None and last is None:
            return None
        if self.kind == Kind.MOMENT:
            first = first and _midnight(first)
            last = last and _midnight(last + timedelta(days=1))
        before = "lt" if self.kind == Kind.MOMENT else "lte"
        ends = {f"{self.lookup}__gte": first, f"{self.lookup}__{before}": last}
        return Q(**{name: end for name, end in ends.items() if end is not None})

    def _number(self, condition: Condition, asking: Asking) -> Q | None:
        if condition.op in (Op.EMPTY, Op.FILLED):
            return Q(**{f"{self.lookup}__isnull": condition.op == Op.EMPTY})
        ends = zip(("gte", "lte"), condition.values, strict=True)
        asked = {f"{self.lookup}__{how}": int(end) for how, end in ends if end.lstrip("-").isdecimal()}
        return Q(**asked) if asked else None

    def _flag(self, condition: Condition, asking: Asking) -> Q | None:
        return Q(**{self.lookup: condition.values[0] in YES})


_CONDITIONS = {
    Kind.TEXT: Column._text,
    Kind.CODE: Column._code,
    Kind.CODES: Column._codes,
    Kind.PERSON: Column._key,
    Kind.DEPARTMENT: Column._key,
    Kind.DAY: Column._day,
    Kind.MOMENT: Column._day,
    Kind.NUMBER: Column._number,
    Kind.FLAG: Column._flag,
    Kind.TAGS: Column._tags,
    Kind.CHOSEN: Column._chosen,
}
YES = ("yes", "on")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def _as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def short_key(key: UUID | str) -> str:
    """An id as addresses carry many of them."""
    return urlsafe_b64encode(UUID(str(key)).bytes).decode().rstrip("=")


def long_key(short: str) -> UUID | None:
    try:
        return UUID(bytes=urlsafe_b64decode(short + "==")) if len(short) == 22 else None
    except ValueError:
        return None


def _span(condition: Condition, today: date) -> tuple[date | None, date | None]:
    """First and last day, either open."""
    if condition.op == Op.BETWEEN:
        return as_day(condition.values[0]), as_last_day(condition.values[1])
    if not condition.values:
        return None, None
    days = timedelta(days=min(int(condition.values[0]), 40_000))
    if condition.op == Op.WITHIN:
        return today - days, today
    if condition.op == Op.NEXT:
        return today, today + days
    return None, today - days - timedelta(days=1)


# -- columns with a comparison of their own --------------------------------------------------------------------


# Type and grade are asked for by their ranks, as the list is sorted: one index serves both.


def _by_type(condition: Condition, asking: Asking) -> Q | None:
    ranks = [6 - kind for kind in RelationshipType if kind.code in condition.values]
    return _ranked("its_type", ranks + [9] * (NONE in condition.values), condition)


def _by_grade(condition: Condition, asking: Asking) -> Q | None:
    ranks = [grade.value for grade in Grade if grade.value in condition.values]
    return _ranked("its_grade", ranks + ["Z"] * (NONE in condition.values), condition)


def _ranked(name: str, ranks: list, condition: Condition) -> Q | None:
    if not ranks:
        return None
    # one value as an equality: it pins the first column of the index, and the list comes sorted out of it
    found = Q(**{name: ranks[0]}) if len(ranks) == 1 else Q(**{f"{name}__in": ranks})
    return ~found if condition.op == Op.NOT else found


def _by_kind(condition: Condition, asking: Asking) -> Q | None:
    kinds = [
        kind.value
        for kind, family in FAMILY_OF.items()
        if kind.value in condition.values or family.value in condition.values
    ]
    if not kinds:
        return None
    return ~Q(kind__in=kinds) if condition.op == Op.NOT else Q(kind__in=kinds)


def _by_quiet(condition: Condition, asking: Asking) -> Q | None:
    if condition.values[0] in YES:
        return Q(quiet_from__lte=asking.today)
    return Q(quiet_from__gt=asking.today) | Q(quiet_from__isnull=True)


def _by_mine(condition: Condition, asking: Asking) -> Q | None:
    """Said twice, the same condition misleads the planner: whoever sees only their own is not asked again."""
    if condition.values[0] not in YES:
        return ~works_for(asking.user)
    return Q() if asking.user.scope in (Scope.OWN, Scope.TEAM) else works_for(asking.user)


def _by_referrer(condition: Condition, asking: Asking) -> Q | None:
    """In words, or by the name of the client, person or colleague on record, as far as the one who asks sees them."""
    if condition.op in (Op.EMPTY, Op.FILLED):
        nobody = Q(referred_by="", referrer_client=None, referrer_person=None, referrer_user=None)
        return nobody if condition.op == Op.EMPTY else ~nobody
    how = {Op.HAS: "icontains", Op.LACKS: "icontains", Op.IS: "iexact", Op.STARTS: "istartswith"}[
        condition.op
    ]
    words = condition.values[0]
    colleague = [
        Q(**{f"referrer_user__{name}__{how}": words}) for name in ("given_name", "family_name", "name_zh")
    ]
    found = reduce(or_, colleague, Q(**{f"referred_by__{how}": words}))
    for name in ("client", "person"):
        seen = (
            apps.get_model("clients", name).objects.visible_to(asking.user).filter(**{f"name__{how}": words})
        )
        found |= Q(**{f"referrer_{name}__in": seen.order_by().values("pk")})
    return ~Q(pk__in=_clients().filter(found).order_by().values("pk")) if condition.op == Op.LACKS else found


def _clients():
    return apps.get_model("clients", "Client").objects.unscoped()


def _on_record(lookup: str):
    """That a sealed field holds something; what, is not asked."""

    def asked(condition: Condition, asking: Asking) -> Q:
        return Q(**{f"{lookup}__isnull": condition.values[0] not in YES})

    return asked


def _by_birth_month(condition: Condition, asking: Asking) -> Q | None:
    """By the month alone, as it is kept: solar or lunar, the year known or not."""
    months = [f"{int(one):02}" for one in condition.values if one.isdecimal() and 1 <= int(one) <= 12]
    asked = [Q(its_birth_month__in=months)] if months else []
    if NONE in condition.values:
        asked.append(Q(birth_date__isnull=True))
    if not asked:
        return None
    found = reduce(or_, asked)
    return ~found if condition.op == Op.NOT else found


def _by_team(condition: Condition, asking: Asking) -> Q | None:
    keys = [asking.user.pk if one == "me" else _as_key(one) for one in condition.values if one != NONE]
    keys = [key for key in keys if key is not None]
    asked = [Q(team_ids__overlap=keys)] if keys else []
    if NONE in condition.values:
        asked.append(Q(team_ids=[]))
    if not asked:
        return None
    found = reduce(or_, asked)
    return ~found if condition.op == Op.NOT else found


# -- the table ---------------------------------------------------------------------------------------------------


def _codes(choices) -> tuple:
    return tuple(choices.choices)


def _held(code: str, label, lookup: str) -> Column:
    choices = (
        ("yes", format_lazy("{}: {}", label, _("on record"))),
        ("no", format_lazy("{}: {}", label, _("not on record"))),
    )
    return Column(code, label, Kind.FLAG, choices=choices, condition=_on_record(lookup), showable=False)


KINDS = (*ClientFamily.choices, *ClientKind.choices)
TYPES = (*((kind.code, kind.label) for kind in RelationshipType), (NONE, _("Not yet assessed")))
GRADES = (
    *((grade.value, format_lazy("{} · {}", grade.value, grade.label)) for grade in Grade),
    (NONE, _("No grade")),
)
MONTHS = tuple((str(number), MONTH_NAMES[number]) for number in range(1, 13))
FORMER_NAMES = Func(F("former_names"), Value("; "), function="array_to_string", output_field=TextField())
BIRTH_MONTH = Substr(F("birth_date"), 6, 2, output_field=CharField())
RESPONSIBLE_RANK = Concat(
    F("responsible__family_name"),
    Value(" "),
    F("responsible__given_name"),
    Value(" "),
    F("responsible__username"),
)

_ALL = (
    Column(
        "name", pgettext_lazy("client", "Name"), Kind.TEXT, "name", needs=("latin_name", "kind", "industry"), personal=True,
        sort=Sort(("sort_key", "id")), may_be_empty=False,
    ),
    Column("latin_name", _("Latin name"), Kind.TEXT, "latin_name", personal=True),
    Column("former_names", _("Former names"), Kind.TEXT, "former_names", compared="its_former", personal=True),
    Column("kind", _("Kind"), Kind.CODE, "kind", choices=KINDS, condition=_by_kind, may_be_empty=False),
    Column("industry", _("Industry"), Kind.TEXT, "industry", personal=True),
    Column("company_size", _("Size"), Kind.CODE, "company_size", choices=_codes(CompanySize)),
    Column("group", _("Group"), Kind.TEXT, "group_name", personal=True),
    Column("listing", _("Listed as"), Kind.TEXT, "listing", personal=True),
    Column("credit", _("Credit standing"), Kind.CODE, "credit_standing", choices=_codes(CreditStanding)),
    Column("employer", _("Employer"), Kind.TEXT, "employer", personal=True),
    Column("position", _("Position"), Kind.TEXT, "position", personal=True),
    Column("education", _("Education"), Kind.TEXT, "education", personal=True),
    Column("interests", _("Interests"), Kind.TEXT, "interests", personal=True),
    Column("birthday", _("Birthday"), Kind.CODE, "birth_date", choices=MONTHS, condition=_by_birth_month),
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
        "grade", _("Grade"), Kind.CODE, "grade", Part.FIRM, choices=GRADES, condition=_by_grade,
        sort=Sort(("grade_rank", "sort_key", "id"), ("grade_rank", GRADE_RANK)),
    ),
    Column(
        "responsible", _("Responsible lawyer"), Kind.PERSON, "responsible_id", Part.FIRM,
        needs=("responsible__given_name", "responsible__family_name", "responsible__name_zh"), may_be_empty=False,
        sort=Sort(("responsible_rank", "sort_key", "id"), ("responsible_rank", RESPONSIBLE_RANK)),
    ),
    Column("team", _("Team"), Kind.PERSON, "team_ids", Part.FIRM, condition=_by_team),
    Column(
        "mine", _("Mine"), Kind.FLAG, part=Part.FIRM, choices=(("yes", _("Mine")), ("no", _("Not mine"))),
        condition=_by_mine, showable=False,
    ),
    Column("tags", _("Tags"), Kind.TAGS, "tag_ids", Part.FIRM),
    Column("department", _("Department"), Kind.DEPARTMENT, "department_id", Part.FIRM),
    Column("field", _("Business field"), Kind.CODES, "business_fields", Part.FIRM, choices=_codes(BusinessField)),
    Column("service", _("Service type"), Kind.CODES, "service_types", Part.FIRM, choices=_codes(ServiceType)),
    Column("source", _("Source"), Kind.CODE, "source", Part.FIRM, choices=_codes(Source)),
    Column(
        "referred_by", _("Referred by"), Kind.TEXT, "referred_by", Part.FIRM, personal=True, condition=_by_referrer
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
        "type", _("Relationship"), Kind.CODE, "relationship_type", Part.LOG, choices=TYPES, condition=_by_type,
        sort=Sort(("type_rank", "sort_key", "id"), ("type_rank", TYPE_RANK)),
    ),
    Column(
        "contact", _("Last contact"), Kind.MOMENT, "last_contact_at", Part.LOG, needs=("quiet_from",),
        sort=Sort(("-contact_rank", "-id"), ("contact_rank", CONTACT_RANK)),
    ),
    Column(
        "quiet", _("Gone quiet"), Kind.FLAG, "quiet_from", Part.LOG,
        choices=(("yes", _("Gone quiet")), ("no", pgettext_lazy("client list", "In touch"))), condition=_by_quiet,
    ),
    Column("chosen", _("Ticked"), Kind.CHOSEN, offered=False, showable=False, may_be_empty=False),
)  # fmt: skip

COLUMNS: dict[str, Column] = {column.code: column for column in _ALL}
SHOWN_FIRST = ("name", "type", "grade", "responsible", "field", "contact", "since")
SORTS: dict[str, Sort] = {column.code: column.sort for column in _ALL if column.sort}
_RANKS = {
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


def narrowed(clients, conditions: list[Condition], *, match_any: bool, user, today: date):
    """The clients for which the conditions hold. What makes no sense is left out: the address may be old."""
    asking = Asking(user, today)
    ticked = [one for one in conditions if one.column == "chosen"]  # holds whatever else is an alternative
    conditions = [one for one in conditions if one.column != "chosen"]
    alone = _qs(in_group(conditions, 0), asking)
    grouped = [_qs(in_group(conditions, number), asking) for number in groups_of(conditions)]
    outer, inner = (_any_of, _all_of) if match_any else (_all_of, _any_of)
    whole = _all_of([*_qs(ticked, asking), outer([*alone, *(inner(group) for group in grouped if group)])])
    asked = {name for name in _RANKS if name in _names(whole)}
    return clients.alias(**{name: _RANKS[name] for name in asked}).filter(whole) if whole else clients


def _qs(conditions: list[Condition], asking: Asking) -> list[Q]:
    found = (COLUMNS[one.column].q(one, asking) for one in conditions if one.column in COLUMNS)
    return [q for q in found if q is not None]


def _all_of(parts: list[Q]) -> Q:
    return reduce(and_, parts, Q())


def _any_of(parts: list[Q]) -> Q:
    """An empty condition holds for all, and so does whatever it is an alternative in."""
    return reduce(or_, parts) if parts and all(parts) else Q()


def _names(q: Q) -> set[str]:
    """The columns a condition names."""
    names: set[str] = set()
    for child in q.children:
        names |= _names(child) if isinstance(child, Q) else {child[0].partition("__")[0]}
    return names
