"""Needs in words: on the client's tab, step by step, and as the firm's list."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from clients.enums import BusinessField, NeedLayer, NeedStatus, Urgency
from clients.models import Need
from clients.rules import needs as rules
from clients.service_plans import PlanLine
from lawcrm.firm.templatetags.look import day

MOVES = {
    rules.ASSESS: gettext_lazy("Assess it"),
    rules.PLAN: gettext_lazy("Put it into the service plan"),
    rules.SERVE: gettext_lazy("The service has begun"),
    rules.SATISFY: gettext_lazy("The need is met"),
    rules.DROP: gettext_lazy("Drop it"),
    rules.REOPEN: gettext_lazy("Take it up again"),
    rules.REASSESS: gettext_lazy("Back: assess it anew"),
    rules.UNPLAN: gettext_lazy("Back: out of the plan"),
}
WITH_FORM = (rules.ASSESS, rules.DROP)
WAY = (
    NeedStatus.IDENTIFIED,
    NeedStatus.ASSESSED,
    NeedStatus.PLANNED,
    NeedStatus.IN_SERVICE,
    NeedStatus.SATISFIED,
)
EXTENTS = (
    ("feasibility", pgettext_lazy("need", "Feasibility")),
    ("risk", pgettext_lazy("need", "Risk")),
    ("cost", pgettext_lazy("need", "Cost")),
)
HIDDEN_BY_DEFAULT = (rules.DROP, rules.REASSESS, rules.UNPLAN)


@dataclass(frozen=True, slots=True)
class Move:
    code: str
    label: str
    url: str
    asks: bool  # whether it opens a form
    forward: bool


@dataclass(frozen=True, slots=True)
class WayStep:
    label: str
    is_behind: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class NeedCard:
    title: str
    url: str
    field: str
    urgency: str
    is_urgent: bool
    found: str
    age: str
    owner: str
    due: str
    is_late: bool
    note: str
    assessment: str
    extents: list[tuple[str, str]]
    status: str
    status_label: str
    drop_reason: str
    ended: str
    is_open: bool
    way: list[WayStep]
    moves: list[Move]
    version: int
    plan: PlanLine | None  # the service plan that answers it, where the reader may see it


def need_card(need: Need, today: date, plans: dict, *, editable: bool) -> NeedCard:
    open_now = rules.is_open(need.status)
    return NeedCard(
        title=need.title,
        url=reverse("clients:need_edit", args=[need.client_id, need.pk]) if editable else "",
        field=need.get_field_display() if need.field else "",
        urgency=need.get_urgency_display(),
        is_urgent=need.urgency == Urgency.HIGH and open_now,
        found=_found(need),
        age=age_words(need.found_on, today) if open_now else "",
        owner=need.owner.display_name,
        due=day(need.due_on) if need.due_on else "",
        is_late=bool(need.due_on and need.due_on < today and open_now),
        note=need.note,
        assessment=need.assessment,
        extents=[
            (str(label), getattr(need, f"get_{name}_display")())
            for name, label in EXTENTS
            if getattr(need, name)
        ],
        status=need.status,
        status_label=need.get_status_display(),
        drop_reason=need.drop_reason,
        ended=day(need.ended_on) if need.ended_on else "",
        is_open=open_now,
        way=_way(need.status),
        moves=_moves(need) if editable else [],
        version=need.version,
        plan=plans.get(need.service_plan_id),
    )


def _found(need: Need) -> str:
    told = f"{need.get_found_by_display()} · {day(need.found_on)}"
    return f"{told} · {need.person.name}" if need.person else told


def _way(status: str) -> list[WayStep]:
    if status == NeedStatus.DROPPED:
        return []
    here = WAY.index(status)
    return [WayStep(str(step.label), place < here, place == here) for place, step in enumerate(WAY)]


def _moves(need: Need) -> list[Move]:
    return [
        Move(
            code,
            str(MOVES[code]),
            reverse("clients:need_move", args=[need.client_id, need.pk, code]),
            code in WITH_FORM,
            code in rules.FORWARD,
        )
        for code in rules.moves_from(need.status)
    ]


def age_words(found_on: date, today: date) -> str:
    days = max((today - found_on).days, 0)
    return ngettext("%(days)d day old", "%(days)d days old", days) % {"days": days}


@dataclass(frozen=True, slots=True)
class Layer:
    code: str
    label: str
    hint: str
    cards: list[NeedCard]


HINTS = {
    NeedLayer.GOALS: gettext_lazy("What the business is to reach."),
    NeedLayer.OPERATIONS: gettext_lazy("What its daily work asks of the law."),
    NeedLayer.VALUE: gettext_lazy("Which result is worth which fee to them."),
    NeedLayer.EMOTION: gettext_lazy("Attention, respect, prompt and orderly service."),
}


def layers(needs: list[Need], today: date, plans: dict, *, editable: bool) -> list[Layer]:
    """The four layers with what is open in each. `plans`: service plans by id."""
    return [
        Layer(
            layer.value,
            str(layer.label),
            str(HINTS[layer]),
            [
                need_card(need, today, plans, editable=editable)
                for need in needs
                if need.layer == layer and rules.is_open(need.status)
            ],
        )
        for layer in NeedLayer
    ]


def ended_cards(needs: list[Need], today: date, plans: dict, *, editable: bool) -> list[NeedCard]:
    return [
        need_card(need, today, plans, editable=editable) for need in needs if not rules.is_open(need.status)
    ]


@dataclass(frozen=True, slots=True)
class StepLine:
    at: object
    what: str
    note: str
    who: str


def step_lines(steps) -> list[StepLine]:
    return [
        StepLine(
            step.created_at,
            f"{step.get_origin_display()} → {step.get_target_display()}"
            if step.origin
            else step.get_target_display(),
            step.note,
            step.made_by.display_name,
        )
        for step in steps
    ]


# -- the firm's list ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NeedLine:
    title: str
    client: str
    client_url: str
    layer: str
    field: str
    status: str
    urgency: str
    is_urgent: bool
    age: str
    owner: str
    due: str
    is_late: bool


class LineMaker:
    """Rows of the list; labels are looked up once."""

    def __init__(self, today: date):
        self.today = today
        self.layers, self.fields = dict(NeedLayer.choices), dict(BusinessField.choices)
        self.statuses, self.urgencies = dict(NeedStatus.choices), dict(Urgency.choices)

    def line(self, need: Need) -> NeedLine:
        open_now = rules.is_open(need.status)
        return NeedLine(
            title=need.title,
            client=need.client.name,
            client_url=reverse("clients:needs", args=[need.client_id]),
            layer=str(self.layers[need.layer]),
            field=str(self.fields.get(need.field, "")),
            status=str(self.statuses[need.status]),
            urgency=str(self.urgencies[need.urgency]),
            is_urgent=need.urgency == Urgency.HIGH and open_now,
            age=age_words(need.found_on, self.today) if open_now else "",
            owner=need.owner.display_name,
            due=day(need.due_on) if need.due_on else "",
            is_late=bool(need.due_on and need.due_on < self.today and open_now),
        )


@dataclass(frozen=True, slots=True)
class Cell:
    number: int
    url: str


def asked_for(counts, params) -> list[tuple[str, list[Cell], Cell]]:
    """What clients ask for: a row for each field of law, a cell for each status, each opening its needs."""

    def cell(field: str, status: str, number: int) -> Cell:
        query = params.copy()
        for name in ("after", "before", "age"):
            query.pop(name, None)
        query["field"], query["status"] = field, status
        return Cell(number, f"?{query.urlencode()}")

    rows = []
    for field, label in [*BusinessField.choices, ("", _("No field of law"))]:
        numbers = [counts[field, status] for status in NeedStatus.values]
        if not any(numbers):
            continue
        asked = field or "none"
        cells = [
            cell(asked, status, number) for status, number in zip(NeedStatus.values, numbers, strict=True)
        ]
        rows.append((str(label), cells, cell(asked, "all", sum(numbers))))
    return rows


def age_bands() -> list[str]:
    """The bands into which open needs age, the freshest first."""
    first, second, third = rules.AGES
    return [
        _("under %(days)d days") % {"days": first},
        _("%(low)d to %(high)d days") % {"low": first, "high": second},
        _("%(low)d to %(high)d days") % {"low": second, "high": third},
        _("over %(days)d days") % {"days": third},
    ]


def ages(numbers: list[int], params) -> list[tuple[str, Cell]]:
    """Open needs by age, each number opening its needs."""

    def cell(band: int, number: int) -> Cell:
        query = params.copy()
        for name in ("after", "before", "field"):
            query.pop(name, None)
        query["age"], query["status"] = str(band), "open"
        return Cell(number, f"?{query.urlencode()}")

    return [
        (label, cell(band, number))
        for band, (label, number) in enumerate(zip(age_bands(), numbers, strict=True))
    ]
