from datetime import UTC, date, datetime
from itertools import product

import pytest

from interactions.enums import FollowUpState
from interactions.rules import follow_ups as rules

DUE = datetime(2026, 3, 30, 1, tzinfo=UTC)
LATER = datetime(2026, 4, 2, 1, tzinfo=UTC)
MOVES = (rules.SNOOZE, rules.WAKE, rules.FINISH, rules.CANCEL, rules.REOPEN)
ALLOWED = {
    ("open", "snooze"): "snoozed",
    ("open", "finish"): "done",
    ("open", "cancel"): "cancelled",
    ("snoozed", "snooze"): "snoozed",
    ("snoozed", "wake"): "open",
    ("snoozed", "finish"): "done",
    ("snoozed", "cancel"): "cancelled",
    ("done", "reopen"): "open",
}


@pytest.mark.parametrize(("state", "move"), [*product(FollowUpState.values, MOVES)])
def test_what_does_not_stand_in_the_table_cannot_happen(state, move):
    if (state, move) in ALLOWED:
        assert rules.state_after(state, move) == ALLOWED[state, move]
        assert rules.can(state, move)
    else:
        assert not rules.can(state, move)
        with pytest.raises(rules.NotPossible, match=f"{state} cannot {move}"):
            rules.state_after(state, move)


@pytest.mark.parametrize(
    ("state", "moment"), [("open", DUE), ("snoozed", LATER), ("done", None), ("cancelled", None)]
)
def test_reminders_come_when_due_or_when_the_snooze_ends(state, moment):
    assert rules.remind_at(state, DUE, LATER) == moment


@pytest.mark.parametrize(("grade", "day"), [("A", 31), ("B", 2), ("C", 6), ("", 6)])
def test_escalation_counts_from_the_due_date_by_grade(grade, day):
    told = rules.escalate_at(DUE, grade, {"A": 1, "B": 3, "C": 7, "D": 7})
    assert told.day == day


def test_late_is_counted_in_calendar_days():
    assert rules.days_late(date(2026, 3, 30), date(2026, 3, 30)) == 0
    assert rules.days_late(date(2026, 3, 30), date(2026, 4, 2)) == 3
    assert rules.days_late(date(2026, 3, 30), date(2026, 3, 1)) == 0
