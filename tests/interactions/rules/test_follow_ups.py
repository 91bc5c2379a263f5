from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from interactions.enums import FollowUpState
from interactions.rules import follow_ups as rules
from lawcrm.firm.rules.working_days import WorkingCalendar

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


LIMITS = {"A": 1, "B": 3, "C": 7, "D": 0}
EVENING_IN_LONDON = datetime(2026, 3, 27, 21, tzinfo=UTC)  # a Friday; on Sunday the clocks go forward


@pytest.mark.parametrize(
    ("grade", "moment"),
    [
        ("A", datetime(2026, 3, 30, 20, tzinfo=UTC)),
        ("B", datetime(2026, 4, 1, 20, tzinfo=UTC)),
        ("C", datetime(2026, 4, 7, 20, tzinfo=UTC)),
        ("", datetime(2026, 4, 7, 20, tzinfo=UTC)),
        ("D", EVENING_IN_LONDON),
    ],
)
def test_escalation_counts_working_days_from_the_due_date_by_grade_and_keeps_the_owners_hour(grade, moment):
    zone = ZoneInfo("Europe/London")
    assert rules.escalate_at(EVENING_IN_LONDON, grade, LIMITS, WorkingCalendar(), zone) == moment


def test_late_is_counted_in_calendar_days():
    assert rules.days_late(date(2026, 3, 30), date(2026, 3, 30)) == 0
    assert rules.days_late(date(2026, 3, 30), date(2026, 4, 2)) == 3
    assert rules.days_late(date(2026, 3, 30), date(2026, 3, 1)) == 0
