"""What raises a follow-up by itself: the trigger table (docs/follow-ups.md), one pure function to a trigger.

Each takes plain values and the day, and gives the cause where it holds: what is to be done by when, from which day it
is asked for, and until when. A cause keeps its follow-up open as long as the function gives it; what it was before
anybody watched (past `until_on`) raises none. The key says which cause it is: the same one never raises two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from interactions.enums import Purpose, Trigger, TriggerOwner
from lawcrm.firm.partial_dates import PartialDate, next_occurrences

CATCH_UP = (
    30  # days for which a cause that nobody noticed is still raised: after an import, after work stood still
)
GRACE = 3  # days after a birthday or festival on which a greeting is not too late
GREETED_BEFORE = 7  # a greeting so many days before the day is the greeting for it
AFTERCARE = (7, 30, 90)
OVERDUE_STEPS = (0, 7, 15, 30)
LONG_OVERDUE = 15  # days after which an unpaid invoice is a warning sign
SURVEY_AHEAD = 14
SIGNS_OF_RISK = 2
CYCLE_NEEDS = 3  # matters
DETRACTOR_NPS, LOW_SCORE = 6, 3.0


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """What the firm decided on a trigger. What `days`, `amount` and `grades` mean is the trigger's own."""

    on: bool = True
    days: int = 0
    who: str = TriggerOwner.RESPONSIBLE
    amount: int = 0
    grades: tuple[str, ...] = ()


DEFAULTS: Mapping[str, TriggerRule] = {
    Trigger.BIRTHDAY: TriggerRule(days=3),
    Trigger.FESTIVAL: TriggerRule(days=1, grades=("A", "B")),
    Trigger.NEW_CLIENT: TriggerRule(days=7),
    Trigger.EXPECTATION_CHECK: TriggerRule(days=14, who=TriggerOwner.MATTER),
    Trigger.PROGRESS: TriggerRule(days=5, who=TriggerOwner.MATTER),
    Trigger.KEY_DATE: TriggerRule(days=7, who=TriggerOwner.MATTER),
    Trigger.LIMITATION: TriggerRule(days=30, who=TriggerOwner.MATTER),
    Trigger.MATTER_CLOSED: TriggerRule(days=2, who=TriggerOwner.MATTER),
    Trigger.RETAINER_ENDING: TriggerRule(days=60),
    Trigger.RECEIVABLE: TriggerRule(days=3),
    Trigger.LARGE_MATTER: TriggerRule(days=7, who=TriggerOwner.SUPERVISOR, amount=500_000),
    Trigger.GRADE: TriggerRule(),
    Trigger.VERIFY: TriggerRule(),
    Trigger.QUIET: TriggerRule(days=0),
    Trigger.SURVEY_DUE: TriggerRule(days=365, grades=("A", "B", "C")),
    Trigger.DETRACTOR: TriggerRule(days=2, who=TriggerOwner.SUPERVISOR),
    Trigger.COMPLAINT: TriggerRule(),
    Trigger.EARLY_RISK: TriggerRule(days=3, who=TriggerOwner.SUPERVISOR),
    Trigger.NO_INSTRUCTION: TriggerRule(days=14),
}

# The purpose of the contact that does it. Empty: any word from us that is more than a greeting.
PURPOSE: Mapping[str, str] = {
    Trigger.BIRTHDAY: Purpose.GREETING,
    Trigger.FESTIVAL: Purpose.GREETING,
    Trigger.EXPECTATION_CHECK: Purpose.EXPECTATION_CHECK,
    Trigger.PROGRESS: Purpose.PROGRESS_REPORT,
    Trigger.RECEIVABLE: Purpose.BILLING,
    Trigger.SURVEY_DUE: Purpose.FEEDBACK_SOUGHT,
    Trigger.NO_INSTRUCTION: Purpose.NEEDS_REVIEW,
    Trigger.RETAINER_ENDING: Purpose.NEEDS_REVIEW,
}
DONE_BY_ANY_WORD = (Trigger.NEW_CLIENT, Trigger.MATTER_CLOSED, Trigger.QUIET, Trigger.DETRACTOR)
DONE_BY_PURPOSE = (
    Trigger.BIRTHDAY,
    Trigger.FESTIVAL,
    Trigger.EXPECTATION_CHECK,
    Trigger.PROGRESS,
    Trigger.SURVEY_DUE,
)
# These pass with the day: neither moved to a working day, nor of any use much later.
ON_THE_DAY = frozenset({Trigger.BIRTHDAY, Trigger.FESTIVAL})
URGENT = frozenset(
    {Trigger.LIMITATION, Trigger.KEY_DATE, Trigger.DETRACTOR, Trigger.EARLY_RISK, Trigger.RECEIVABLE}
)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is to be done. `on`, `days` and `code` are the figures of its reason, `what` names its object."""

    trigger: str
    key: str
    due_on: date
    from_on: date
    until_on: date
    matter_id: UUID | None = None
    matter_owner: UUID | None = None
    person_id: UUID | None = None
    on: date | None = None
    days: int | None = None
    code: str = ""
    what: str = ""

    def is_raised_on(self, today: date) -> bool:
        return self.from_on <= today <= self.until_on


@dataclass(frozen=True, slots=True)
class OfMatter:
    """What the rules ask of a matter."""

    id: UUID
    responsible_id: UUID
    title: str
    accepted_on: date
    closed_on: date | None = None
    next_date: date | None = None
    ends_on: date | None = None  # of a retainer
    fee: int = 0
    is_retainer: bool = False


def _cause(trigger: str, key: str, due_on: date, from_on: date, **more) -> Cause:
    values = {"until_on": due_on + timedelta(days=CATCH_UP), "on": due_on} | more
    return Cause(trigger, f"{trigger}:{key}", due_on, from_on, **values)


def _of(matter: OfMatter, cause: Cause) -> Cause:
    return replace(cause, matter_id=matter.id, matter_owner=matter.responsible_id, what=matter.title)


# -- days to greet on -----------------------------------------------------------------------------------------------


def _greeted_for(day: date, greeted_on: date | None) -> bool:
    return greeted_on is not None and greeted_on >= day - timedelta(days=GREETED_BEFORE)


def birthday(
    born: PartialDate, *, of: UUID, name: str, rule: TriggerRule, greeted_on: date | None, today: date
) -> Cause | None:
    """A birthday, solar or lunar, from so many days before until a few days after."""
    day = next(iter(next_occurrences(born, today - timedelta(days=GRACE), 1)), None)
    if day is None or day - timedelta(days=rule.days) > today or _greeted_for(day, greeted_on):
        return None
    first = day - timedelta(days=rule.days)
    return _cause(Trigger.BIRTHDAY, f"{of}:{day}", day, first, until_on=day, what=name)


SPRING, DRAGON_BOAT, MID_AUTUMN, NEW_YEAR, CHRISTMAS = (
    "spring", "dragon_boat", "mid_autumn", "new_year", "christmas",
)  # fmt: skip
FESTIVALS: Mapping[str, PartialDate] = {
    SPRING: PartialDate(None, 1, 1, lunar=True),
    DRAGON_BOAT: PartialDate(None, 5, 5, lunar=True),
    MID_AUTUMN: PartialDate(None, 8, 15, lunar=True),
    NEW_YEAR: PartialDate(None, 1, 1),
    CHRISTMAS: PartialDate(None, 12, 25),
}
CHINESE_FESTIVALS, OTHER_FESTIVALS = (SPRING, DRAGON_BOAT, MID_AUTUMN), (NEW_YEAR, CHRISTMAS)


def festivals_near(today: date, ahead: int) -> dict[str, date]:
    """The festivals whose list is to be prepared, or whose greeting is not too late."""
    found = {
        code: next_occurrences(day, today - timedelta(days=GRACE), 1)[0] for code, day in FESTIVALS.items()
    }
    return {code: day for code, day in found.items() if day - timedelta(days=ahead) <= today}


def festival(
    code: str,
    day: date,
    *,
    of: UUID,
    grade: str,
    language: str,
    rule: TriggerRule,
    greeted_on: date | None,
    today: date,
) -> Cause | None:
    """A festival of those the client keeps, judged by the language we write in; the list stands the day before."""
    keeps = OTHER_FESTIVALS if language == "en" else CHINESE_FESTIVALS
    first = day - timedelta(days=rule.days)
    if code not in keeps or grade not in rule.grades or first > today or _greeted_for(day, greeted_on):
        return None
    if today > day + timedelta(days=GRACE):
        return None
    return _cause(Trigger.FESTIVAL, f"{of}:{code}:{day}", day, first, until_on=day, code=code)


# -- the client -----------------------------------------------------------------------------------------------------


def new_client(*, of: UUID, since: date, rule: TriggerRule, spoke_on: date | None) -> Cause | None:
    """Nobody of us has yet spoken with a new client; within a week somebody has."""
    if spoke_on is not None and spoke_on >= since:
        return None
    return _cause(Trigger.NEW_CLIENT, str(of), since + timedelta(days=rule.days), since, on=since)


def quiet(
    *, of: UUID, heard_on: date | None, since: date, longest_gap: int, rule: TriggerRule, today: date
) -> Cause | None:
    """The silence since the last real contact is longer than the grade's cadence and its tolerance."""
    last = heard_on or since
    broken = last + timedelta(days=longest_gap + 1 + rule.days)
    if broken > today:
        return None
    return _cause(Trigger.QUIET, f"{of}:{last}", broken, broken, on=last)


def survey_due(
    *, of: UUID, asked_on: date | None, since: date, grade: str, rule: TriggerRule, today: date
) -> Cause | None:
    """The yearly survey; an A client is asked twice a year."""
    if grade not in rule.grades:
        return None
    last = asked_on or since
    due = last + timedelta(days=rule.days // 2 if grade == "A" else rule.days)
    first = due - timedelta(days=SURVEY_AHEAD)
    return None if first > today else _cause(Trigger.SURVEY_DUE, f"{of}:{last}", due, first, on=last)


def is_detractor(nps: int | None, score: float | None) -> bool:
    return (nps is not None and nps <= DETRACTOR_NPS) or (score is not None and score < LOW_SCORE)


def detractor(
    *,
    answer: UUID,
    on: date,
    nps: int | None,
    score: float | None,
    rule: TriggerRule,
    spoke_on: date | None,
) -> Cause | None:
    """An answer that would not recommend us, or low marks; open until somebody of us has spoken with them."""
    if not is_detractor(nps, score) or (spoke_on is not None and spoke_on >= on):
        return None
    return _cause(Trigger.DETRACTOR, str(answer), on + timedelta(days=rule.days), on, on=on)


FELL, OPEN_COMPLAINT, LONG_SILENCE, LOW_ANSWER, OVERDUE_FEES = (
    "fell", "complaint", "silence", "low_answer", "overdue",
)  # fmt: skip


def early_risk(*, of: UUID, signs: Mapping[str, date], rule: TriggerRule) -> Cause | None:
    """Two warning signs at once: the type fell, a complaint open, a long silence, a low answer, fees overdue."""
    if len(signs) < SIGNS_OF_RISK:
        return None
    in_time = sorted((day, sign) for sign, day in signs.items())
    since, _sign = in_time[SIGNS_OF_RISK - 1]
    names = ",".join(sorted(signs))
    due = since + timedelta(days=rule.days)
    return _cause(Trigger.EARLY_RISK, f"{of}:{since}", due, since, on=since, code=names)


def no_instruction(
    *, of: UUID, accepted: Sequence[date], has_retainer: bool, rule: TriggerRule
) -> Cause | None:
    """The client's own cycle, the mean interval between instructions, has passed without a new one."""
    if len(accepted) < CYCLE_NEEDS or has_retainer:
        return None
    days = sorted(accepted)
    cycle = round((days[-1] - days[0]).days / (len(days) - 1))
    if not cycle:
        return None
    due = days[-1] + timedelta(days=cycle + rule.days)
    return _cause(Trigger.NO_INSTRUCTION, f"{of}:{days[-1]}", due, due, on=days[-1], days=cycle)


# -- matters --------------------------------------------------------------------------------------------------------


def expectation_check(
    matter: OfMatter, *, within: int, rule: TriggerRule, checked_on: date | None
) -> Cause | None:
    """After acceptance the client is asked whether the service meets what they expect."""
    if matter.closed_on or (checked_on is not None and checked_on >= matter.accepted_on):
        return None
    due = matter.accepted_on + timedelta(days=within)
    found = _cause(
        Trigger.EXPECTATION_CHECK,
        str(matter.id),
        due,
        due - timedelta(days=rule.days),
        on=matter.accepted_on,
    )
    return _of(matter, found)


def progress(
    matter: OfMatter, *, every: int, rule: TriggerRule, told_on: date | None, today: date
) -> Cause | None:
    """An open matter whose client has not been told for too long how it stands."""
    if matter.closed_on:
        return None
    told = max(told_on or matter.accepted_on, matter.accepted_on)
    due = told + timedelta(days=every)
    first = due - timedelta(days=rule.days)
    if first > today:
        return None
    return _of(matter, _cause(Trigger.PROGRESS, f"{matter.id}:{told}", due, first, on=told))


def date_approaching(
    matter: OfMatter, *, of: UUID, on: date, rule: TriggerRule, today: date, limitation: bool = False
) -> Cause | None:
    """A hearing, a filing or a limitation date comes near. It stays asked for after the day, until it is done."""
    first = on - timedelta(days=rule.days)
    if matter.closed_on or first > today:
        return None
    trigger = Trigger.LIMITATION if limitation else Trigger.KEY_DATE
    return _of(matter, _cause(trigger, f"{of}:{on}", first, first, until_on=on, on=on))


def matter_closed(
    matter: OfMatter, *, rule: TriggerRule, spoke_on: date | None, today: date
) -> Iterable[Cause]:
    """7, 30 and 90 days after closing somebody asks how the client fares."""
    if matter.closed_on is None:
        return
    for step in AFTERCARE:
        due = matter.closed_on + timedelta(days=step)
        first = due - timedelta(days=rule.days)
        if first > today or (spoke_on is not None and spoke_on >= first):
            continue
        found = _cause(
            Trigger.MATTER_CLOSED, f"{matter.id}:{step}", due, first, on=matter.closed_on, days=step
        )
        yield _of(matter, found)


def retainer_ending(matter: OfMatter, *, rule: TriggerRule, today: date) -> Cause | None:
    """A retainer ends in two months: talk about the next."""
    if matter.closed_on or matter.ends_on is None:
        return None
    due = matter.ends_on - timedelta(days=rule.days)
    if due > today:
        return None
    found = _cause(
        Trigger.RETAINER_ENDING,
        f"{matter.id}:{matter.ends_on}",
        due,
        due,
        until_on=matter.ends_on,
        on=matter.ends_on,
    )
    return _of(matter, found)


def large_matter(matter: OfMatter, *, rule: TriggerRule) -> Cause | None:
    """A new matter of great weight: a partner speaks with the client in the first days."""
    if matter.closed_on or matter.fee < rule.amount:
        return None
    due = matter.accepted_on + timedelta(days=rule.days)
    found = _cause(Trigger.LARGE_MATTER, str(matter.id), due, matter.accepted_on, on=matter.accepted_on)
    return _of(matter, found)


def receivable(
    matter: OfMatter, *, of: UUID, due_on: date, outstanding: bool, rule: TriggerRule, today: date
) -> Cause | None:
    """An invoice is overdue; again after 7, 15 and 30 days, each step in place of the one before."""
    late = (today - due_on).days
    if not outstanding or late < 1:
        return None
    step = max(step for step in OVERDUE_STEPS if step <= late)
    reached = due_on + timedelta(days=max(step, 1))
    asked = reached + timedelta(days=rule.days)
    return _of(matter, _cause(Trigger.RECEIVABLE, f"{of}:{step}", asked, reached, on=due_on, days=step))


# -- what a contact does --------------------------------------------------------------------------------------------


def done_by(purposes: Iterable[str], *, by_firm: bool, answered: bool, substantive: bool) -> list[str]:
    """The triggers whose follow-ups a contact with these purposes does without anybody ticking them."""
    if not by_firm or not answered:
        return []
    purposes = set(purposes)
    done = [trigger for trigger in DONE_BY_PURPOSE if PURPOSE[trigger] in purposes]
    return [*done, *DONE_BY_ANY_WORD] if substantive else done
