"""What care has come to: coverage, answers, satisfaction before and after, cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from interactions.enums import CareKind
from interactions.queries.care_tasks import cared_for, effect_by_kind
from interactions.satisfaction import Satisfaction, satisfaction_of


@dataclass(frozen=True, slots=True)
class EffectLine:
    kind: str
    label: str
    planned: int
    done: int
    coverage: int | None
    late: int
    skipped: int
    clients: int
    answered: int
    answers: int | None
    cost: Decimal


@dataclass(frozen=True, slots=True)
class EffectPage:
    lines: list[EffectLine]
    planned: int
    done: int
    coverage: int | None
    answers: int | None
    cost: Decimal
    before: Satisfaction
    after: Satisfaction


def effect_page(tasks, since: date, until: date, today: date) -> EffectPage:
    """Satisfaction is that of the clients something was done for: as long before the period as it lasts, and in it."""
    found = {one.kind: one for one in effect_by_kind(tasks, since, until, today)}
    lines = [_line(kind, found[kind]) for kind in CareKind if kind in found]
    clients, length = cared_for(tasks, since, until), until - since
    before_end = since - timedelta(days=1)
    planned, done = sum(one.planned for one in lines), sum(one.done for one in lines)
    return EffectPage(
        lines=lines,
        planned=planned,
        done=done,
        coverage=_share(done, planned),
        answers=_share(sum(one.answered for one in lines), done),
        cost=sum((one.cost for one in lines), Decimal(0)),
        before=satisfaction_of(clients, since=before_end - length, until=before_end),
        after=satisfaction_of(clients, since=since, until=until),
    )


def _line(kind: CareKind, one) -> EffectLine:
    return EffectLine(
        kind=kind.value,
        label=str(kind.label),
        planned=one.planned,
        done=one.done,
        coverage=_share(one.done, one.planned),
        late=one.late,
        skipped=one.skipped,
        clients=one.clients,
        answered=one.answered,
        answers=_share(one.answered, one.done),
        cost=one.cost,
    )


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
