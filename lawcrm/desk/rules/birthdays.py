"""Birthdays to come. Who was born on 29 February is greeted on the 28th where the year has no 29th."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta


def month_days(today: date, days: int) -> list[str]:
    """The days from today on, `days` of them after today, as "MMDD"."""
    found = []
    for ahead in range(days + 1):
        day = today + timedelta(days=ahead)
        found.append(f"{day:%m%d}")
        if (day.month, day.day) == (2, 28) and not isleap(day.year):
            found.append("0229")
    return found


def next_birthday(born: date, today: date) -> date:
    """The day on which a birthday is kept next, today included."""
    day = _in_year(born, today.year)
    return day if day >= today else _in_year(born, today.year + 1)


def _in_year(born: date, year: int) -> date:
    if (born.month, born.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return born.replace(year=year)
