"""Care plans in words: what each does, and its year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.enums import Grade
from interactions.enums import CareKind
from interactions.presenters.care import ICONS
from interactions.presenters.messages import festival_name
from interactions.queries.care_plans import clients_of_plan, count_birthdays
from interactions.rules.care import dues_between
from lawcrm.firm.templatetags.look import day

YEAR = 364


@dataclass(frozen=True, slots=True)
class YearLine:
    month: str
    on: str
    prepared: str
    icon: str
    what: str


@dataclass(frozen=True, slots=True)
class Year:
    """The year ahead as a plan would have it. Birthdays are counted: each has its own day."""

    lines: list[YearLine]
    clients: int
    birthdays: int
    has_birthdays: bool


def year_of(plan, steps: Sequence, today: date) -> Year:
    last, found = today + timedelta(days=YEAR), []
    for step in steps:
        found += [(due, step) for due in dues_between(step, today, last)]
    found.sort(key=lambda pair: (pair[0].on, pair[0].key))
    clients = clients_of_plan(plan)
    greets = any(step.kind == CareKind.BIRTHDAY for step in steps)
    return Year(
        lines=[_line(due, step) for due, step in found],
        clients=clients.count(),
        birthdays=sum(count_birthdays(clients)) if greets else 0,
        has_birthdays=greets,
    )


def _line(due, step) -> YearLine:
    what = festival_name(due.festival) if due.festival else str(CareKind(due.kind).label)
    prepared = due.on - timedelta(days=step.lead_days)
    return YearLine(f"{due.on:%Y-%m}", day(due.on), day(prepared), ICONS[due.kind], what)


def proposed(steps: Iterable[dict]) -> list[SimpleNamespace]:
    """Steps as a form gives them, to look at before they are saved."""
    return [SimpleNamespace(**{"festivals": [], **step}) for step in steps]


@dataclass(frozen=True, slots=True)
class PlanLine:
    title: str
    grade: str
    url: str
    steps: list[str]
    exists: bool


def plan_lines(plans: Iterable) -> list[PlanLine]:
    """The four grades, with a plan or without, and the clients that have their own."""
    plans = list(plans)
    by_grade = {plan.grade: plan for plan in plans if not plan.client_id}
    lines = [_of_grade(grade, by_grade.get(grade)) for grade in Grade]
    return lines + [_line_of(plan, plan.client.name, "") for plan in plans if plan.client_id]


def _of_grade(grade: Grade, plan) -> PlanLine:
    if plan is None:
        return PlanLine(str(grade.label), grade, f"{reverse('care:plan_new')}?grade={grade}", [], False)
    return _line_of(plan, str(grade.label), grade)


def _line_of(plan, title: str, grade: str) -> PlanLine:
    steps = [step_words(step) for step in plan.steps.all()] or [_("No care by plan")]
    return PlanLine(title, grade, reverse("care:plan", args=[plan.pk]), steps, True)


def step_words(step) -> str:
    if step.kind == CareKind.FESTIVAL:
        return f"{step.get_kind_display()} ({len(step.festivals)})"
    return str(step.get_kind_display())
