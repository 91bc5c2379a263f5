"""The Chinese lunisolar calendar of 1900 to 2100: which lunar day is which solar day.

The table was taken from lunar-python (MIT); tests compare every month with it. A table answers in microseconds where
that library takes milliseconds (docs/decisions/0100-partial-dates.md).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2100
_FIRST_DAY = date(1900, 1, 31)  # the first day of the first month of 1900
# One number a year: bit i says that its i-th month, counted with the leap month, has 30 days and not 29; the bits from
# the 13th on say which month is followed by a leap month, 0 for none.
_YEARS = (
    0x116D2,
    0x00752,
    0x00EA5,
    0x0B64A,
    0x0064B,
    0x00A9B,
    0x09556,
    0x0056A,
    0x00B59,
    0x05752,
    0x00752,
    0x0DB25,
    0x00B25,
    0x00A4B,
    0x0B4AB,
    0x002AD,
    0x0056B,
    0x04B69,
    0x00DA9,
    0x0FD92,
    0x00E92,
    0x00D25,
    0x0BA4D,
    0x00A56,
    0x002B6,
    0x095B5,
    0x006D4,
    0x00EA9,
    0x05E92,
    0x00E92,
    0x0CD26,
    0x0052B,
    0x00A57,
    0x0B2B6,
    0x00B5A,
    0x006D4,
    0x06EC9,
    0x00749,
    0x0F693,
    0x00A93,
    0x0052B,
    0x0CA5B,
    0x00AAD,
    0x0056A,
    0x09B55,
    0x00BA4,
    0x00B49,
    0x05A93,
    0x00A95,
    0x0F52D,
    0x00536,
    0x00AAD,
    0x0B5AA,
    0x005B2,
    0x00DA5,
    0x07D4A,
    0x00D4A,
    0x10A95,
    0x00A97,
    0x00556,
    0x0CAB5,
    0x00AD5,
    0x006D2,
    0x08EA5,
    0x00EA5,
    0x0064A,
    0x06C97,
    0x00A9B,
    0x0F55A,
    0x0056A,
    0x00B69,
    0x0B752,
    0x00B52,
    0x00B25,
    0x0964B,
    0x00A4B,
    0x114AB,
    0x002AD,
    0x0056D,
    0x0CB69,
    0x00DA9,
    0x00D92,
    0x09D25,
    0x00D25,
    0x15A4D,
    0x00A56,
    0x002B6,
    0x0C5B5,
    0x006D5,
    0x00EA9,
    0x0BE92,
    0x00E92,
    0x00D26,
    0x06A56,
    0x00A57,
    0x114D6,
    0x0035A,
    0x006D5,
    0x0B6C9,
    0x00749,
    0x00693,
    0x0952B,
    0x0052B,
    0x00A5B,
    0x0555A,
    0x0056A,
    0x0FB55,
    0x00BA4,
    0x00B49,
    0x0BA93,
    0x00A95,
    0x0052D,
    0x08AAD,
    0x00AB5,
    0x135AA,
    0x005D2,
    0x00DA5,
    0x0DD4A,
    0x00D4A,
    0x00C95,
    0x0952E,
    0x00556,
    0x00AB5,
    0x055B2,
    0x006D2,
    0x0CEA5,
    0x00725,
    0x0064B,
    0x0AC97,
    0x00CAB,
    0x0055A,
    0x06AD6,
    0x00B69,
    0x17752,
    0x00B52,
    0x00B25,
    0x0DA4B,
    0x00A4B,
    0x004AB,
    0x0A55B,
    0x005AD,
    0x00B6A,
    0x05B52,
    0x00D92,
    0x0FD25,
    0x00D25,
    0x00A55,
    0x0B4AD,
    0x004B6,
    0x005B5,
    0x06DAA,
    0x00EC9,
    0x11E92,
    0x00E92,
    0x00D26,
    0x0CA56,
    0x00A57,
    0x004D6,
    0x086D5,
    0x00755,
    0x00749,
    0x06E93,
    0x00693,
    0x0F52B,
    0x0052B,
    0x00A5B,
    0x0B55A,
    0x0056A,
    0x00B65,
    0x0974A,
    0x00B4A,
    0x11A95,
    0x00A95,
    0x0052D,
    0x0CAAD,
    0x00AB5,
    0x005AA,
    0x08BA5,
    0x00DA5,
    0x00D4A,
    0x07C95,
    0x00C96,
    0x0F94E,
    0x00556,
    0x00AB5,
    0x0B5B2,
    0x006D2,
    0x00EA5,
    0x08E4A,
    0x0068B,
    0x10C97,
    0x004AB,
    0x0055B,
    0x0CAD6,
    0x00B6A,
    0x00752,
    0x09725,
    0x00B45,
    0x00A8B,
    0x0549B,
    0x004AB,
)


class LunarDay(NamedTuple):
    year: int
    month: int
    day: int
    leap: bool = False


def leap_month(year: int) -> int:
    """The month that this year has twice, 0 for none. Raises ValueError outside the table."""
    return _entry(year) >> 13


def month_length(year: int, month: int, leap: bool = False) -> int:
    """29 or 30. Raises ValueError where the year has no such month."""
    return 29 + (_entry(year) >> _place(year, month, leap) & 1)


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date:
    """The solar day of a lunar one. Raises ValueError where there is none."""
    if not 1 <= day <= month_length(year, month, leap):
        raise ValueError(f"month {month} of the lunar year {year} has no day {day}")
    place = _place(year, month, leap)
    before = 29 * place + (_entry(year) & ((1 << place) - 1)).bit_count()
    return _FIRST_DAY + timedelta(days=_STARTS[year - FIRST_YEAR] + before + day - 1)


def from_solar(day: date) -> LunarDay:
    """The lunar day of a solar one. Raises ValueError outside the table."""
    left = (day - _FIRST_DAY).days
    if not 0 <= left < _STARTS[-1]:
        raise ValueError(f"{day} lies outside the lunar table")
    index = bisect_right(_STARTS, left) - 1
    year, left = FIRST_YEAR + index, left - _STARTS[index]
    place, bits = 0, _YEARS[index]
    while left >= (length := 29 + (bits >> place & 1)):
        left, place = left - length, place + 1
    leap = bits >> 13
    if leap and place >= leap:
        return LunarDay(year, place, left + 1, place == leap)
    return LunarDay(year, place + 1, left + 1)


def _entry(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the lunar table ends before {year}")
    return _YEARS[year - FIRST_YEAR]


def _place(year: int, month: int, leap: bool) -> int:
    """Where the month stands among the 12 or 13 of its year, from 0."""
    doubled = leap_month(year)
    if not 1 <= month <= 12 or (leap and month != doubled):
        raise ValueError(f"the lunar year {year} has no {'leap ' if leap else ''}month {month}")
    return month - 1 + (1 if leap or (doubled and month > doubled) else 0)


def _days_of_year(entry: int) -> int:
    months = 13 if entry >> 13 else 12
    return 29 * months + (entry & 0x1FFF).bit_count()


_STARTS = (0, *accumulate(map(_days_of_year, _YEARS)))  # days from the first day to each year's first
