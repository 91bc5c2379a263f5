"""The life of a follow-up as a table, and the two moments at which it speaks up by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo

from interactions.enums import FollowUpState
from lawcrm.firm.rules.working_days import WorkingCalendar

OPEN, SNOOZED, DONE, CANCELLED = FollowUpState.values
SNOOZE, WAKE, FINISH, CANCEL, REOPEN = "snooze", "wake", "finish", "cancel", "reopen"

# (state, move) -> state after it. What does not stand here cannot happen.
TRANSITIONS = {
    (OPEN, SNOOZE): SNOOZED,
    (SNOOZED, SNOOZE): SNOOZED,
    (SNOOZED, WAKE): OPEN,
    (OPEN, FINISH): DONE,
    (SNOOZED, FINISH): DONE,
    (OPEN, CANCEL): CANCELLED,
    (SNOOZED, CANCEL): CANCELLED,
    (DONE, REOPEN): OPEN,  # the contact that did it was withdrawn
}
UNFINISHED = (OPEN, SNOOZED)


class NotPossible(Exception):
    """The follow-up is in a state from which this move does not exist."""

    def __init__(self, state: str, move: str):
        super().__init__(f"a follow-up that is {state} cannot {move}")
        self.state, self.move = state, move


def state_after(state: str, move: str) -> str:
    """The state a move leads to. Raises NotPossible."""
    try:
        return TRANSITIONS[state, move]
    except KeyError:
        raise NotPossible(state, move) from None


def can(state: str, move: str) -> bool:
    return (state, move) in TRANSITIONS


def states_that_can(move: str) -> list[str]:
    return [state for state, possible in TRANSITIONS if possible == move]


def remind_at(state: str, due_at: datetime, snoozed_until: datetime | None) -> datetime | None:
    """When the owner is reminded: when it is due, or when the snooze ends."""
    return {OPEN: due_at, SNOOZED: snoozed_until}.get(state)


def escalate_at(
    due_at: datetime, grade: str, limits: Mapping[str, int], calendar: WorkingCalendar, zone: tzinfo
) -> datetime:
    """When the supervising partner is told: so many working days after the due date, at its hour where the owner is.

    It counts from the due date: a snooze is no way round it.
    """
    days = limits.get(grade, limits["C"])
    if not days:
        return due_at
    due = due_at.astimezone(zone)
    late = calendar.add_working_days(due.date(), days)
    return datetime.combine(late, due.time(), tzinfo=zone).astimezone(UTC)


def days_late(due_on: date, today: date) -> int:
    """Whole calendar days past the due day; 0 on the day itself and before it."""
    return max((today - due_on).days, 0)
