"""The lunar table: every month of two centuries as lunar-python has it, and there and back for any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawcrm.firm import lunar

LAST_DAY = date(2101, 1, 28)


def test_every_month_is_as_lunar_python_has_it():
    from lunar_python import LunarYear, Solar

    for year in range(lunar.FIRST_YEAR, lunar.LAST_YEAR + 1):
        theirs = LunarYear.fromYear(year)
        assert lunar.leap_month(year) == theirs.getLeapMonth()
        for month in theirs.getMonthsInYear():
            number, leap = abs(month.getMonth()), month.getMonth() < 0
            first = Solar.fromJulianDay(month.getFirstJulianDay())
            assert lunar.month_length(year, number, leap) == month.getDayCount()
            assert lunar.to_solar(year, number, 1, leap) == date(
                first.getYear(), first.getMonth(), first.getDay()
            )


@pytest.mark.parametrize(
    ("year", "month", "day", "leap", "solar"),
    [
        (2024, 1, 1, False, date(2024, 2, 10)),  # 春节
        (2025, 8, 15, False, date(2025, 10, 6)),  # 中秋
        (2020, 4, 30, False, date(2020, 5, 22)),
        (2020, 4, 1, True, date(2020, 5, 23)),  # the leap month follows its own
        (2023, 2, 1, True, date(2023, 3, 22)),
        (1978, 8, 15, False, date(1978, 9, 17)),  # where tables of Taiwan's reckoning differ
        (2033, 11, 1, True, date(2033, 12, 22)),  # the leap eleventh month that old tables have wrong
    ],
)
def test_days_of_the_almanac(year, month, day, leap, solar):
    assert lunar.to_solar(year, month, day, leap) == solar
    assert lunar.from_solar(solar) == (year, month, day, leap)


@given(st.dates(min_value=date(1900, 1, 31), max_value=LAST_DAY))
def test_there_and_back(day):
    assert lunar.to_solar(*lunar.from_solar(day)) == day


@given(st.dates(min_value=date(1900, 1, 31), max_value=LAST_DAY - timedelta(days=1)))
def test_the_next_day_is_the_next_day(day):
    this, following = lunar.from_solar(day), lunar.from_solar(day + timedelta(days=1))
    assert following.day in (this.day + 1, 1)
    assert following.day != 1 or this.day == lunar.month_length(this.year, this.month, this.leap)


@pytest.mark.parametrize("asked", [(1899, 1, 1, False), (2101, 1, 1, False), (2024, 4, 1, True), (2024, 13, 1, False),
                                   (2024, 1, 30, False), (2024, 1, 0, False)])  # fmt: skip
def test_there_is_no_such_day(asked):
    with pytest.raises(ValueError):
        lunar.to_solar(*asked)


@pytest.mark.parametrize("day", [date(1900, 1, 30), LAST_DAY + timedelta(days=1)])
def test_outside_the_table(day):
    with pytest.raises(ValueError):
        lunar.from_solar(day)
