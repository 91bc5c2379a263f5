"""The address of the client list, read: which clients, in which order.

Other pages open the list with these parameters (dashboards, the client page):
type=basic|passive|responsible|proactive|partner|none, grade=A|B|C|D|none, responsible=<id>|me, department=<id>,
kind=<kind>|enterprise|individual|public, field, source, quiet=yes|on|no, mine=yes,
sort=name|grade|type|contact|since with "-" for the other way round, s=<hidden search>, after / before=<cursor>.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import (
    FAMILY_OF,
    BusinessField,
    ClientFamily,
    ClientKind,
    Grade,
    RelationshipType,
    Source,
)
from clients.queries.clients import CONTACT_RANK, GRADE_RANK, SINCE_RANK, TYPE_RANK
from lawcrm.firm import opaque
from lawcrm.firm.roles import Scope

SEARCH = "client search"
TYPE_OF_CODE = {kind.code: kind for kind in RelationshipType}


@dataclass(frozen=True)
class Sort:
    """`order` is the first click's; `rank` annotates what is not a column."""

    code: str
    order: tuple[str, ...]
    rank: tuple[str, object] | None = None

    def reversed(self) -> tuple[str, ...]:
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.order)


SORTS = {
    sort.code: sort
    for sort in (
        Sort("name", ("sort_key", "id")),
        Sort("type", ("type_rank", "sort_key", "id"), ("type_rank", TYPE_RANK)),
        Sort("grade", ("grade_rank", "sort_key", "id"), ("grade_rank", GRADE_RANK)),
        Sort("contact", ("-contact_rank", "-id"), ("contact_rank", CONTACT_RANK)),
        Sort("since", ("-since_rank", "-id"), ("since_rank", SINCE_RANK)),
    )
}


class PersonOrMe(forms.UUIDField):
    """An id of a person of the firm, or the word "me"."""

    def to_python(self, value):
        return value if value == "me" else super().to_python(value)


class ClientListForm(forms.Form):
    """Filters that make no sense are left out rather than complained about: the address may be old."""

    type = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("Any type")),
            *((kind.code, kind.label) for kind in RelationshipType),
            ("none", _("Not yet assessed")),
        ],
    )
    grade = forms.ChoiceField(
        required=False,
        choices=[
            ("", _("Any grade")),
            *((grade.value, f"{grade.value} · {grade.label}") for grade in Grade),
            ("none", _("No grade")),
        ],
    )
    responsible = PersonOrMe(required=False)
    department = forms.UUIDField(required=False)
    kind = forms.ChoiceField(
        required=False, choices=[("", _("Any kind")), *ClientFamily.choices, *ClientKind.choices]
    )
    field = forms.ChoiceField(required=False, choices=[("", _("Any field")), *BusinessField.choices])
    source = forms.ChoiceField(required=False, choices=[("", _("Any source")), *Source.choices])
    quiet = forms.ChoiceField(
        required=False,
        choices=[
            ("", ""),
            ("yes", _("Gone quiet")),
            ("on", _("Gone quiet")),
            ("no", pgettext_lazy("client list", "In touch")),
        ],
    )
    mine = forms.ChoiceField(required=False, choices=[("", ""), ("yes", _("Mine"))])
    sort = forms.CharField(required=False)
    s = forms.CharField(required=False)

    def __init__(self, params):
        super().__init__(params)
        self.is_valid()
        self.chosen = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> str:
        """What was searched for, read out of the hidden part of the address."""
        words = opaque.show(self.chosen.get("s", ""), SEARCH)
        return words if isinstance(words, str) else ""

    @property
    def filters(self) -> dict:
        """What narrows the list down, without search and order."""
        return {name: value for name, value in self.chosen.items() if name not in ("sort", "s")}

    @property
    def sort_code(self) -> str:
        code = self.chosen.get("sort", "name")
        return code if code.lstrip("-") in SORTS else "name"

    @property
    def sorting(self) -> Sort:
        """The order asked for; by name where a filter leaves only one value of what it would sort by."""
        code = self.sort_code.lstrip("-")
        return SORTS["name" if code in self.filters else code]

    @property
    def order(self) -> tuple[str, ...]:
        return self.sorting.reversed() if self.sort_code.startswith("-") else self.sorting.order

    def narrow(self, clients, user, today):
        """`clients` as far as filters and search let them through, with the rank the order needs."""
        for name, value in self.filters.items():
            clients = getattr(self, f"_by_{name}")(clients, value, user, today)
        if self.words:
            clients = clients.matching(self.words)
        return clients.annotate(**dict([self._rank()])) if self.sorting.rank else clients

    def _rank(self) -> tuple[str, object]:
        name, rank = self.sorting.rank
        if name == "contact_rank" and self.filters.get("type") == "none":
            # Who was never assessed was hardly ever contacted: walking the index by contact would begin at the
            # wrong end of it. Another constant is another expression, so Postgres sorts the few rows instead.
            rank = Coalesce(F("last_contact_at"), Value(datetime(1901, 1, 1, tzinfo=UTC)))
        return name, rank

    # Type and grade are asked for by their ranks, as the list is sorted: one index serves both.

    def _by_type(self, clients, code, user, today):
        kind = TYPE_OF_CODE.get(code)
        return clients.alias(its_type=TYPE_RANK).filter(its_type=6 - kind if kind else 9)

    def _by_grade(self, clients, code, user, today):
        return clients.alias(its_grade=GRADE_RANK).filter(its_grade="Z" if code == "none" else code)

    def _by_responsible(self, clients, pk, user, today):
        return clients.filter(responsible=user.pk if pk == "me" else pk)

    def _by_department(self, clients, pk, user, today):
        return clients.filter(department=pk)

    def _by_kind(self, clients, code, user, today):
        if code in ClientFamily.values:
            return clients.filter(
                kind__in=[kind.value for kind, family in FAMILY_OF.items() if family == code]
            )
        return clients.filter(kind=code)

    def _by_field(self, clients, code, user, today):
        return clients.filter(business_fields__contains=[code])

    def _by_source(self, clients, code, user, today):
        return clients.filter(source=code)

    def _by_quiet(self, clients, code, user, today):
        if code != "no":
            return clients.filter(quiet_from__lte=today)
        return clients.filter(Q(quiet_from__gt=today) | Q(quiet_from__isnull=True))

    def _by_mine(self, clients, code, user, today):
        """Said twice, the same condition misleads the planner: whoever sees only their own is not asked again."""
        return clients if user.scope in (Scope.OWN, Scope.TEAM) else clients.worked_on_by(user)
