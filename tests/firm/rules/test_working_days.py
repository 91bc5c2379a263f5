from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawcrm.firm.rules.working_days import OwnDay, WorkingCalendar, Year

CLOSED, WORKED = date(2026, 5, 1), date(2026, 5, 9)  # a Friday; a Saturday
OWN = {date(2026, 5, 4): OwnDay(False, "Move"), date(2026, 5, 10): OwnDay(True, "Fair")}
CALENDAR = WorkingCalendar(lambda year: Year({CLOSED: "May Day"}, frozenset({WORKED})), OWN)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 4, 30), True),
        (CLOSED, False),
        (date(2026, 5, 2), False),
        (date(2026, 5, 4), False),
        (date(2026, 5, 5), True),
        (WORKED, True),
        (date(2026, 5, 10), True),
    ],
)
def test_weekends_holidays_make_up_days_and_the_firms_own(day, working):
    assert CALENDAR.is_working(day) is working


@pytest.mark.parametrize(
    ("day", "number", "after"),
    [
        (CLOSED, 0, date(2026, 5, 5)),
        (date(2026, 4, 30), 0, date(2026, 4, 30)),
        (date(2026, 4, 30), 1, date(2026, 5, 5)),
        (CLOSED, 1, date(2026, 5, 5)),
        (date(2026, 5, 8), 1, WORKED),
        (date(2026, 5, 8), 3, date(2026, 5, 11)),
    ],
)
def test_counting_goes_over_what_is_closed(day, number, after):
    assert CALENDAR.add_working_days(day, number) == after


def test_a_break_without_end_moves_nothing():
    never = WorkingCalendar(own={CLOSED + timedelta(days=n): OwnDay(False, "") for n in range(400)})
    assert never.next_working_day(CLOSED) == CLOSED


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 30), st.integers(0, 30))
def test_counting_in_two_steps_is_counting_at_once(day, one, other):
    plain = WorkingCalendar()
    start = plain.next_working_day(day)
    assert plain.add_working_days(plain.add_working_days(start, one), other) == plain.add_working_days(
        start, one + other
    )
    assert plain.is_working(plain.add_working_days(day, one))
