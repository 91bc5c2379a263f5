"""One client's care: which plan holds, its year for this client, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from types import SimpleNamespace

from django.utils.translation import gettext as _

from clients.enums import Grade
from interactions.actions.care_prepare import tasks_of
from interactions.enums import CareKind
from interactions.presenters.care import ICONS, remark_on
from interactions.presenters.care_plans import YEAR, step_words
from interactions.presenters.messages import festival_name
from interactions.rules.care import dues_between, may_be_cared_for
from lawcrm.firm.partial_dates import next_occurrences
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.words import listed

__all__ = ["PlanInForce", "client_year", "plan_in_force", "remark_on"]


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """`is_own`: the client has a plan of its own; without a plan `words` says why."""

    plan: object | None
    is_own: bool
    words: str
    steps: list[str]
    wanted: bool  # whether they may be cared for today


def plan_in_force(client, plan, steps: Sequence, today: date) -> PlanInForce:
    is_own = plan is not None and plan.client_id is not None
    told = [step_words(step) for step in steps]
    if plan is None:
        words = (
            _("No plan: grade %(grade)s has none yet.") % {"grade": client.grade}
            if client.grade
            else _("No plan: the client has no grade.")
        )
    elif is_own:
        words = _("A plan of its own.") if told else _("A plan of its own: no care by plan.")
    else:
        words = _("The plan of its grade: %(grade)s.") % {"grade": Grade(plan.grade).label}
    return PlanInForce(plan, is_own, words, told, may_be_cared_for(client, today))


@dataclass(frozen=True, slots=True)
class ClientYearLine:
    on: str
    prepared: str
    icon: str
    what: str
    whom: str


def client_year(client, steps: Sequence, people: Sequence, today: date) -> list[ClientYearLine]:
    """What the steps will prepare for this client within a year, person by person: as the night would."""
    last, found = today + timedelta(days=YEAR), []
    names = {person.pk: person.name for person in people}
    for step in steps:
        if step.kind == CareKind.BIRTHDAY:
            found += [(on, step, whom, "") for on, whom in _birthdays(client, people, today, last)]
        else:
            dues = dues_between(step, today, last)
            places = [(one.pk, one.name, one.language, one.do_not_greet, one.roles) for one in people]
            for task in tasks_of(SimpleNamespace(step=step, dues=dues), client, places):
                festival = task.occasion.split(":")[1] if task.kind == CareKind.FESTIVAL else ""
                found.append((task.on, step, names.get(task.person_id, client.name), festival))
    found.sort(key=lambda one: (one[0], one[1].kind, one[3], one[2]))
    together = groupby(found, key=lambda one: (one[0], one[1], one[3]))
    return [_line(*key, [whom for _on, _step, whom, _festival in group]) for key, group in together]


def _birthdays(client, people, today: date, last: date):
    everybody = [(client.name, client.birth_date)]
    everybody += [(person.name, person.birth_date) for person in people if not person.do_not_greet]
    for name, born in everybody:
        for on in next_occurrences(born, today, 1) if born else ():
            if on <= last and may_be_cared_for(client, on):
                yield on, name


def _line(on: date, step, festival: str, whom: list[str]) -> ClientYearLine:
    what = festival_name(festival) if festival else str(CareKind(step.kind).label)
    return ClientYearLine(
        day(on), day(on - timedelta(days=step.lead_days)), ICONS[step.kind], what, listed(whom)
    )
