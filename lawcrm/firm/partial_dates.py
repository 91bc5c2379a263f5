"""Dates of which not everything is known, solar or lunar: birthdays above all.

A year, a month and a day, each known or not (a day needs its month), in the solar or the lunar calendar. Stored and
written as ISO 8601-2 does, always ten signs wide: "1980-05-03", "1980-05-XX", "XXXX-05-03", "1980-XX-XX"; with "L"
behind it for the lunar calendar and "LL" for a leap month ("1980-08-15L", "XXXX-04-03LL"). What stands behind the year
is therefore the key under which a birthday is found in the database (`keys_kept_on`).

How a day is kept in a year that has no such day:
* 29 February: on the 28th.
* the 30th of a lunar month that has 29 days this year: on the 29th, its last day.
* a day of a leap month: in the leap month where the year has it, else in the ordinary month of the same number. A day
  of an ordinary month is kept in that month, never in the leap month behind it.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lawcrm.firm import lunar

LENGTH = 12  # of the longest written form
_WRITTEN = re.compile(r"(\d{4}|XXXX)-(\d\d|XX)-(\d\d|XX)(L{0,2})")


class NoSuchDay(ValueError):
    """The parts do not make a day: 31 April, a 30th of a month with 29 days, a leap month in a year without it."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    year: int | None = None
    month: int | None = None
    day: int | None = None
    lunar: bool = False
    leap: bool = False  # of the leap month; lunar only

    def __post_init__(self):
        if (
            not (self.year or self.month)
            or (self.day and not self.month)
            or (self.leap and not (self.lunar and self.month))
            or (self.year is not None and not 1 <= self.year <= 9999)
            or (self.month is not None and not 1 <= self.month <= 12)
            or (self.month and not (self.day is None or self.day >= 1))
            or (self.month and (self.day or 1) > self._longest_month())
        ):
            raise NoSuchDay(f"{self.year}-{self.month}-{self.day}")

    def _longest_month(self) -> int:
        """How many days the month may have, as far as the year is known."""
        if not self.lunar:
            return monthrange(self.year or 2000, self.month)[1]
        if self.year is None or not lunar.FIRST_YEAR <= self.year <= lunar.LAST_YEAR:
            return 30
        try:
            return lunar.month_length(self.year, self.month, self.leap)
        except ValueError:
            return 0

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The solar day, all of it known."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, written: str) -> PartialDate:
        """From the written form. Raises ValueError."""
        match = _WRITTEN.fullmatch(written)
        if not match:
            raise ValueError(f"{written!r} is not the written form of a partial date")
        year, month, day, calendar = match.groups()
        parts = (None if "X" in part else int(part) for part in (year, month, day))
        return cls(*parts, lunar=bool(calendar), leap=calendar == "LL")

    def __str__(self) -> str:
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        return f"{year}-{self.key}"

    isoformat = __str__  # written wherever a date is: audit trail, JSON, exports

    @property
    def key(self) -> str:
        """The written form behind the year: the same for all who keep the same day."""
        month, day = (("XX" if part is None else f"{part:02d}") for part in (self.month, self.day))
        return f"{month}-{day}{'LL' if self.leap else 'L' if self.lunar else ''}"

    @property
    def exact(self) -> date | None:
        """The solar day, where year, month and day are known and (for a lunar one) within the table."""
        if not (self.year and self.month and self.day):
            return None
        if not self.lunar:
            return date(self.year, self.month, self.day)
        try:
            return lunar.to_solar(self.year, self.month, self.day, self.leap)
        except ValueError:
            return None

    def contradicts(self, other: PartialDate) -> bool:
        """Whether the two cannot be the same day, as far as both are known."""
        if self.lunar != other.lunar:
            if self.exact is None or other.exact is None:
                return False
            return self.exact != other.exact
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        if any(one and two and one != two for one, two in pairs):
            return True
        return bool(self.month and other.month) and self.leap != other.leap

    def kept_in(self, year: int) -> date | None:
        """The day on which it is kept in a year of its own calendar; None where month or day is not known."""
        if not (self.month and self.day):
            return None
        if not self.lunar:
            return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))
        leap = self.leap and lunar.leap_month(year) == self.month
        return lunar.to_solar(
            year, self.month, min(self.day, lunar.month_length(year, self.month, leap)), leap
        )

    def age_on(self, day: date) -> int | None:
        """How many years are completed when it is kept on this day; None where the year is not known."""
        if self.year is None:
            return None
        return (lunar.from_solar(day).year if self.lunar else day.year) - self.year


def exact_day(partial: PartialDate | None) -> date | None:
    """The solar day of what may be nothing, for comparing two people."""
    return partial.exact if partial else None


def next_occurrences(partial: PartialDate, today: date, n: int = 5) -> list[date]:
    """The next `n` solar days on which it is kept, today included. None of them where month or day is not known."""
    found: list[date] = []
    for day in _kept_from(partial, today):
        if len(found) == n:
            break
        if day >= today:
            found.append(day)
    return found


def _kept_from(partial: PartialDate, today: date) -> Iterator[date]:
    if not (partial.month and partial.day):
        return
    year, last = today.year, 9999
    if partial.lunar:
        year, last = max(today.year - 1, lunar.FIRST_YEAR), lunar.LAST_YEAR
    while year <= last:
        yield partial.kept_in(year)
        year += 1


@lru_cache(maxsize=512)
def keys_kept_on(day: date) -> tuple[str, ...]:
    """The keys (`PartialDate.key`) of all that is kept on this day, solar and lunar."""
    return (*_solar_keys(day), *_lunar_keys(day))


def keys_kept_between(days: Iterable[date]) -> list[str]:
    return sorted({key for day in days for key in keys_kept_on(day)})


def _solar_keys(day: date) -> Iterator[str]:
    yield f"{day:%m-%d}"
    if (day.month, day.day) == (2, 28) and not isleap(day.year):
        yield "02-29"


def _lunar_keys(day: date) -> Iterator[str]:
    try:
        year, month, number, leap = lunar.from_solar(day)
    except ValueError:
        return
    numbers = [number]
    if number == 29 == lunar.month_length(year, month, leap):
        numbers.append(30)
    for one in numbers:
        if not leap:
            yield f"{month:02d}-{one:02d}L"
        if leap or lunar.leap_month(year) != month:
            yield f"{month:02d}-{one:02d}LL"
