"""Quiet hours and the hour of the morning mail, on clocks that jump too."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from lawcrm.firm.rules.telling import Quiet, digest_for, quiet_until, told_until

SHANGHAI, LONDON, AUCKLAND = (ZoneInfo(z) for z in ("Asia/Shanghai", "Europe/London", "Pacific/Auckland"))
NIGHT = Quiet(time(20), time(8))


def at(day, hour, zone=SHANGHAI):
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), tzinfo=zone)


@pytest.mark.parametrize(
    ("quiet", "moment", "ends"),
    [
        (NIGHT, at("2026-03-04", "19:59"), None),
        (NIGHT, at("2026-03-04", "20:00"), at("2026-03-05", "08:00")),
        (NIGHT, at("2026-03-05", "07:59"), at("2026-03-05", "08:00")),
        (NIGHT, at("2026-03-05", "08:00"), None),
        (Quiet(time(12), time(13)), at("2026-03-05", "12:30"), at("2026-03-05", "13:00")),
        (Quiet(time(12), time(13)), at("2026-03-05", "13:30"), None),
        (Quiet(), at("2026-03-07", "12:00"), None),
        (Quiet(weekends=True), at("2026-03-07", "12:00"), at("2026-03-09", "00:00")),
        # Friday night, the weekend, and the night to Monday are one.
        (Quiet(time(20), time(8), weekends=True), at("2026-03-06", "21:00"), at("2026-03-09", "08:00")),
        (Quiet(time(9), time(9)), at("2026-03-05", "09:00"), None),
    ],
)
def test_quiet_until(quiet, moment, ends):
    assert quiet_until(moment, quiet) == ends


@pytest.mark.parametrize(
    ("moment", "hours"),
    [
        (at("2026-03-28", "22:00", LONDON), 9),  # the hour from one to two is left out
        (at("2026-10-24", "22:00", LONDON), 11),  # it comes twice
        (at("2026-09-26", "22:00", AUCKLAND), 9),
        (at("2026-04-04", "22:00", AUCKLAND), 11),
        (at("2026-03-28", "22:00", SHANGHAI), 10),
    ],
)
def test_the_night_ends_at_eight_on_the_wall_whatever_the_clock_did(moment, hours):
    end = quiet_until(moment, NIGHT)
    assert end.hour == 8
    assert end.timestamp() - moment.timestamp() == hours * 3600


def digest(moment, **changes):
    values = dict(every_morning=True, on_mondays=False, quiet=Quiet()) | changes
    return digest_for(moment, time(8), **values)


def test_the_morning_mail_has_its_hour():
    assert digest(at("2026-03-04", "07:59")) is None
    assert digest(at("2026-03-04", "08:00")) == ("day", date(2026, 3, 4))
    assert digest(at("2026-03-04", "13:59")) == ("day", date(2026, 3, 4))
    assert digest(at("2026-03-04", "14:00")) is None


def test_on_mondays_the_week_takes_its_place():
    monday = at("2026-03-09", "08:30")
    assert digest(monday, on_mondays=True) == ("week", date(2026, 3, 9))
    assert digest(monday, on_mondays=True, every_morning=False) == ("week", date(2026, 3, 9))
    assert digest(at("2026-03-10", "08:30"), on_mondays=True, every_morning=False) is None


def test_none_on_quiet_weekends():
    assert digest(at("2026-03-07", "09:00"), quiet=Quiet(weekends=True)) is None
    assert digest(at("2026-03-09", "09:00"), quiet=Quiet(weekends=True)) == ("day", date(2026, 3, 9))


@pytest.mark.parametrize("zone", [SHANGHAI, LONDON, AUCKLAND])
def test_each_minute_of_a_year_gives_each_date_once(zone):
    """Asked every ten minutes of 2026: as many dates as days, whatever the clock does."""
    moment, days = datetime(2025, 12, 31, 12, tzinfo=ZoneInfo("UTC")), []
    while moment.year < 2027:
        if due := digest(moment.astimezone(zone)):
            days.append(due[1])
        moment += timedelta(minutes=10)
    of_year = sorted({day for day in days if day.year == 2026})
    assert of_year == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]


HOLIDAYS = {date(2026, 3, 6), date(2026, 3, 9)}  # a Friday and the Monday after


def works(day):
    return day.weekday() < 5 and day not in HOLIDAYS


def test_on_days_off_the_mail_waits_for_the_next_working_day():
    mornings = [at(f"2026-03-{day:02}", "08:00") for day in range(5, 12)]
    told = [due[1].day for moment in mornings if (due := digest(moment, is_working=works))]
    assert told == [5, 10, 11]


def test_the_week_is_told_on_its_first_working_day():
    due = [digest(at(f"2026-03-{day:02}", "08:00"), on_mondays=True, is_working=works) for day in (9, 10, 11)]
    assert due == [None, ("week", date(2026, 3, 10)), ("day", date(2026, 3, 11))]


@pytest.mark.parametrize(
    ("kind", "day", "until"),
    [("day", 4, 4), ("day", 5, 9), ("day", 10, 10), ("week", 10, 15), ("week", 2, 8)],
)
def test_a_mail_tells_of_the_days_off_that_follow(kind, day, until):
    assert told_until(kind, date(2026, 3, day), works) == date(2026, 3, until)
