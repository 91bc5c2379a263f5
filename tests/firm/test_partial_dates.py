"""Dates of which not everything is known: what they are, how they are written, and when they are kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawcrm.firm import lunar
from lawcrm.firm.partial_dates import (
    NoSuchDay,
    PartialDate,
    keys_kept_between,
    keys_kept_on,
    next_occurrences,
)

LEAP_FOURTH = PartialDate(month=4, day=3, lunar=True, leap=True)


@st.composite
def partials(draw):
    is_lunar = draw(st.booleans())
    year = draw(st.none() | st.integers(1901, 2099))
    month = draw(st.integers(1, 12)) if year is None else draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 31)) if month else None
    leap = is_lunar and bool(month) and draw(st.booleans())
    try:
        return PartialDate(year, month, day, is_lunar, leap)
    except NoSuchDay:
        return PartialDate(year, month, lunar=is_lunar)


@pytest.mark.parametrize(
    ("partial", "written"),
    [
        (PartialDate(1980, 5, 3), "1980-05-03"),
        (PartialDate(1980, 5), "1980-05-XX"),
        (PartialDate(1980), "1980-XX-XX"),
        (PartialDate(month=5, day=3), "XXXX-05-03"),
        (PartialDate(month=5), "XXXX-05-XX"),
        (PartialDate(1980, 8, 15, lunar=True), "1980-08-15L"),
        (LEAP_FOURTH, "XXXX-04-03LL"),
    ],
)
def test_how_they_are_written(partial, written):
    assert str(partial) == written
    assert PartialDate.parse(written) == partial


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"day": 3},
        {"year": 1980, "day": 3},
        {"year": 1981, "month": 2, "day": 29},
        {"month": 4, "day": 31},
        {"month": 13},
        {"month": 4, "day": 3, "leap": True},  # no leap months in the solar calendar
        {"year": 2024, "month": 1, "day": 30, "lunar": True},  # that month had 29 days
        {"year": 2024, "month": 4, "day": 1, "lunar": True, "leap": True},  # that year had no leap month
        {"month": 8, "day": 31, "lunar": True},
    ],
)
def test_what_is_no_day(parts):
    with pytest.raises(NoSuchDay):
        PartialDate(**parts)


def test_29_february_may_stand_without_its_year():
    assert PartialDate(month=2, day=29).key == "02-29"


@pytest.mark.parametrize(
    ("partial", "today", "days"),
    [
        (PartialDate(1980, 5, 3), date(2026, 5, 3), ["2026-05-03", "2027-05-03", "2028-05-03", "2029-05-03", "2030-05-03"]),
        (PartialDate(1980, 5, 3), date(2026, 5, 4), ["2027-05-03", "2028-05-03"]),
        # 29 February: on the 28th where there is none
        (PartialDate(month=2, day=29), date(2026, 1, 1), ["2026-02-28", "2027-02-28", "2028-02-29"]),
        # 中秋
        (PartialDate(month=8, day=15, lunar=True), date(2026, 9, 26), ["2027-09-15", "2028-10-03", "2029-09-22"]),
        # 腊月 falls into the next solar year: the lunar year that began last year counts too
        (PartialDate(month=12, day=8, lunar=True), date(2026, 1, 1), ["2026-01-26", "2027-01-15"]),
        # a 30th: the 29th where the month has 29 days
        (PartialDate(month=12, day=30, lunar=True), date(2025, 1, 1), ["2025-01-28", "2026-02-16", "2027-02-05", "2028-01-25"]),
        # a leap fourth month: only 2020 has one, else the ordinary fourth
        (LEAP_FOURTH, date(2019, 1, 1), ["2019-05-07", "2020-05-25", "2021-05-14"]),
        # a day of the ordinary fourth is kept there also in 2020
        (PartialDate(month=4, day=3, lunar=True), date(2020, 1, 1), ["2020-04-25", "2021-05-14"]),
    ],
)  # fmt: skip
def test_when_it_is_kept_next(partial, today, days):
    assert [day.isoformat() for day in next_occurrences(partial, today, len(days))] == days


def test_without_month_or_day_it_is_not_kept():
    assert next_occurrences(PartialDate(1980, 5), date(2026, 1, 1)) == []
    assert next_occurrences(PartialDate(1980), date(2026, 1, 1)) == []


def test_the_lunar_table_ends():
    assert len(next_occurrences(PartialDate(month=8, day=15, lunar=True), date(2099, 1, 1))) == 2


@given(partials())
def test_written_and_read_is_the_same(partial):
    assert PartialDate.parse(str(partial)) == partial
    assert not partial.contradicts(partial)


@given(partials(), st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_it_is_kept_once_in_a_year_and_found_by_its_key_on_that_very_day(partial, today):
    days = next_occurrences(partial, today)
    assert days == sorted(set(days))
    assert len(days) == (5 if partial.month and partial.day else 0)
    for day in days:
        assert today <= day
        assert partial.key in keys_kept_on(day)
    for first, second in zip(days, days[1:], strict=False):
        assert 320 <= (second - first).days <= 390


@given(partials(), st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_no_key_is_found_on_a_day_on_which_it_is_not_kept(partial, day):
    assert (partial.key in keys_kept_on(day)) == (next_occurrences(partial, day, 1) == [day])


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)))
def test_a_day_and_its_lunar_name_do_not_contradict_each_other(day):
    year, month, number, leap = lunar.from_solar(day)
    named = PartialDate(year, month, number, True, leap)
    assert named.exact == day
    assert not named.contradicts(PartialDate.of(day))
    assert named.contradicts(PartialDate.of(day + timedelta(days=1)))


def test_contradiction_needs_something_known_on_both_sides():
    day = PartialDate(1980, 5, 3)
    assert not day.contradicts(PartialDate(1980, 5))
    assert not day.contradicts(PartialDate(month=5, day=3))
    assert day.contradicts(PartialDate(1981))
    assert day.contradicts(PartialDate(month=6))
    assert not day.contradicts(PartialDate(month=8, day=15, lunar=True))
    assert PartialDate(month=4, lunar=True).contradicts(PartialDate(month=4, lunar=True, leap=True))


def test_age():
    assert PartialDate(1980, 5, 3).age_on(date(2026, 5, 3)) == 46
    assert (
        PartialDate(1980, 12, 8, lunar=True).age_on(date(2027, 1, 15)) == 46
    )  # the lunar year is still 2026
    assert PartialDate(month=5, day=3).age_on(date(2026, 5, 3)) is None


def test_keys_of_a_stretch_of_days():
    keys = keys_kept_between([date(2026, 2, 27), date(2026, 2, 28)])
    assert {"02-27", "02-28", "02-29", "01-11L", "01-12L", "01-11LL"} <= set(keys)
