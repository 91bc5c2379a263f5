from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from interactions.rules import due
from lawcrm.firm.rules.working_days import WorkingCalendar

SHANGHAI, LONDON, AUCKLAND = (ZoneInfo(z) for z in ("Asia/Shanghai", "Europe/London", "Pacific/Auckland"))
WEDNESDAY = date(2026, 3, 25)


@pytest.mark.parametrize(
    ("preset", "day"),
    [
        (due.DAY, date(2026, 3, 26)),
        (due.WEEK, date(2026, 4, 1)),
        (due.MONTH, date(2026, 4, 27)),  # 25 April is a Saturday
        (due.BY_GRADE, date(2026, 4, 8)),
    ],
)
def test_presets_mean_nine_in_the_morning_of_a_working_day(preset, day):
    assert due.preset_due(
        preset, WEDNESDAY, SHANGHAI, cadence_days=14, calendar=WorkingCalendar()
    ) == datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def test_an_unknown_preset_is_an_error():
    with pytest.raises(KeyError):
        due.preset_due("someday", WEDNESDAY, SHANGHAI, 14, WorkingCalendar())


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 12, 15), date(2027, 1, 15)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_a_month_after_ends_with_the_month(day, after):
    assert due.a_month_after(day) == after


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        (SHANGHAI, date(2026, 7, 1), datetime(2026, 7, 1, 1, tzinfo=UTC)),
        (LONDON, date(2026, 3, 27), datetime(2026, 3, 27, 9, tzinfo=UTC)),
        (LONDON, date(2026, 3, 30), datetime(2026, 3, 30, 8, tzinfo=UTC)),
        (LONDON, date(2026, 10, 26), datetime(2026, 10, 26, 9, tzinfo=UTC)),
        (AUCKLAND, date(2026, 1, 5), datetime(2026, 1, 4, 20, tzinfo=UTC)),
        (AUCKLAND, date(2026, 7, 6), datetime(2026, 7, 5, 21, tzinfo=UTC)),
    ],
)
def test_the_morning_is_the_owners_summer_and_winter(zone, day, instant):
    assert due.morning_of(day, zone) == instant


def test_a_complaint_is_due_within_a_day_even_on_a_weekend():
    assert due.complaint_due(datetime(2026, 3, 27, 16, tzinfo=UTC)) == datetime(2026, 3, 28, 16, tzinfo=UTC)
