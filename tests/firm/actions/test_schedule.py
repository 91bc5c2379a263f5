"""The tick: everything due is found, each local date once, whatever the clock does."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lawcrm.firm import clock, schedule
from lawcrm.firm.actions import schedule as ticking
from lawcrm.firm.models import Department, Heartbeat, ScheduledRun

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def empty_schedule(monkeypatch):
    monkeypatch.setattr(schedule, "_DAILY", {})
    monkeypatch.setattr(schedule, "_EVERY_MINUTE", {})
    monkeypatch.setattr(ticking, "wake", lambda *args, **options: True)


def local(text: str, zone: str = "Asia/Shanghai") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def test_due_from_its_hour_on_until_it_is_done():
    schedule.daily("night", at="02:30")(lambda: None)
    assert ticking.due_daily(local("2026-03-09T02:29:59")) == []
    assert ticking.due_daily(local("2026-03-09T02:30:00")) == [("night", DAY)]
    assert ticking.due_daily(local("2026-03-09T23:59:00")) == [("night", DAY)], "missed minutes catch up"
    assert ticking.run_next_part("night", DAY) is False
    assert ticking.due_daily(local("2026-03-09T23:59:00")) == []
    assert ticking.due_daily(local("2026-03-10T02:30:00")) == [("night", date(2026, 3, 10))]


def test_runs_once_a_date_however_often_it_is_called():
    runs = []
    schedule.daily("night", at="02:30")(lambda: runs.append(1))
    for _ in range(3):
        ticking.run_next_part("night", "2026-03-09")
    assert runs == [1]


def test_part_by_part():
    @schedule.daily("parts", at="02:30", in_parts=True)
    def part(cursor):
        Department(name=f"part {cursor.get('next', 0)}").save()
        cursor["next"] = cursor.get("next", 0) + 1
        return cursor["next"] < 3

    assert [ticking.run_next_part("parts", DAY) for _ in range(4)] == [True, True, False, False]
    assert Department.objects.count() == 3
    assert ScheduledRun.objects.get().cursor == {"next": 3}


def test_retried_after_a_failure_and_given_up_after_three():
    @schedule.daily("night", at="02:30")
    def fails():
        Department(name="half done").save()
        raise ZeroDivisionError

    for _ in range(5):
        ticking.run_next_part("night", DAY)
    run = ScheduledRun.objects.get()
    assert (run.attempts, run.problem, run.finished_at) == (3, "ZeroDivisionError", None)
    assert ticking.due_daily(local("2026-03-09T12:00:00")) == []
    assert not Department.objects.exists()


def test_a_failing_part_of_the_tick_does_not_stop_the_others(monkeypatch):
    done = []

    @schedule.every_minute("bad")
    def bad():
        raise ZeroDivisionError

    schedule.every_minute("good")(lambda: done.append(1))
    ticking.tick()
    assert done == [1]
    assert Heartbeat.objects.get(name="worker").seen_at > clock.now() - timedelta(seconds=5)


ZONES = [
    "Asia/Shanghai", "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo",
]  # fmt: skip


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_once_also_when_the_clock_changes(zone):
    """2020 to 2035, three odd hours: each local date comes due in some minute, and under one key only."""
    hours = ["00:30", "02:30", "22:45"]
    for number, at in enumerate(hours):
        schedule.daily(f"job {number}", at=at)(lambda: None)
    moment = datetime(2020, 1, 1, 12, tzinfo=ZoneInfo("UTC"))
    end = datetime(2036, 1, 1, 12, tzinfo=ZoneInfo("UTC"))
    seen = set()
    works = schedule.daily_work()
    while moment < end:
        wall = moment.astimezone(ZoneInfo(zone))
        seen.update((work.code, wall.date()) for work in works if work.at <= wall.time())
        moment += timedelta(hours=1)
    days = (date(2036, 1, 1) - date(2020, 1, 2)).days
    for number in range(len(hours)):
        dates = {day for code, day in seen if code == f"job {number}"}
        assert len([day for day in dates if date(2020, 1, 2) <= day <= date(2035, 12, 31)]) == days
