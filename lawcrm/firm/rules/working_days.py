"""Counting in working days. What is closed and what is worked is given; nothing here knows a country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
LONGEST_BREAK = 60  # days; more closed days in a row are a mistake in the exceptions


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day the firm decided on itself."""

    worked: bool
    name: str


@dataclass(frozen=True, slots=True)
class Year:
    """What a library knows of a year: {closed day: its English name}, and the weekend days that are worked.

    `has_make_up_days`: this country swaps days each year, so a year without any is not published yet.
    """

    closed: Mapping[date, str]
    worked: frozenset[date]
    has_make_up_days: bool = False


NOTHING = Year({}, frozenset())


class WorkingCalendar:
    """`public(year)`: what the law closes and makes up for; `own`: the firm's exceptions, which beat it."""

    def __init__(
        self, public: Callable[[int], Year] = lambda year: NOTHING, own: Mapping[date, OwnDay] | None = None
    ):
        self.public, self.own = public, own or {}

    def is_working(self, day: date) -> bool:
        if exception := self.own.get(day):
            return exception.worked
        year = self.public(day.year)
        return day in year.worked or (day.weekday() < SATURDAY and day not in year.closed)

    def next_working_day(self, day: date) -> date:
        """The day itself where it is worked, else the first after it. A break without end gives the day itself."""
        return next((one for one in _days_from(day) if self.is_working(one)), day)

    def add_working_days(self, day: date, number: int) -> date:
        """The working day that is so many after the day; for 0 as `next_working_day`."""
        found = self.next_working_day(day) if not number else day
        for _each in range(number):
            found = self.next_working_day(found + timedelta(days=1))
        return found


def _days_from(day: date):
    return (day + timedelta(days=ahead) for ahead in range(LONGEST_BREAK))
