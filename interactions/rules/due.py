"""When a follow-up is due: presets, counted in the owner's days, at nine in the owner's morning.

A day that the firm does not work (weekend, public holiday, a day of its own) moves to the next working day: nobody is
asked to call a client on a Sunday. A date and time somebody chose by hand is left as chosen.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from lawcrm.firm.rules.working_days import WorkingCalendar

MORNING = time(9)
DAY, WEEK, MONTH, BY_GRADE, MONDAY = "day", "week", "month", "grade", "monday"
PRESETS = (DAY, WEEK, MONTH, BY_GRADE, MONDAY)
HOURS_TO_ANSWER_A_COMPLAINT = 24


def preset_due(
    preset: str, today: date, zone: tzinfo, cadence_days: int, calendar: WorkingCalendar
) -> datetime:
    """The moment a preset means for somebody whose day is `today`. Raises KeyError on an unknown preset."""
    return morning_of(calendar.next_working_day(preset_day(preset, today, cadence_days)), zone)


def preset_day(preset: str, today: date, cadence_days: int) -> date:
    return {
        DAY: today + timedelta(days=1),
        WEEK: today + timedelta(days=7),
        MONTH: a_month_after(today),
        BY_GRADE: today + timedelta(days=cadence_days),
        MONDAY: today + timedelta(days=7 - today.weekday()),
    }[preset]


def a_month_after(day: date) -> date:
    """The same day of the next month, or that month's last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def morning_of(day: date, zone: tzinfo) -> datetime:
    """Nine o'clock on that day where the owner is, as an instant."""
    return datetime.combine(day, MORNING, tzinfo=zone).astimezone(UTC)


def complaint_due(heard_at: datetime) -> datetime:
    """A complaint is acknowledged within 24 hours, weekend or not."""
    return heard_at + timedelta(hours=HOURS_TO_ANSWER_A_COMPLAINT)
