"""Reading birthdays as people write them: whole or in part, solar or lunar, in figures or in words."""

from __future__ import annotations

import re
from datetime import date, datetime

from clients.rules.normalise import (
    MONTH_NAMES,
    as_text,
    chinese_digits,
    is_error,
    is_number,
    plain,
    read_date,
    says_nothing,
)
from clients.rules.reading import Change, Reading, refused
from lawcrm.firm import lunar
from lawcrm.firm.partial_dates import NoSuchDay, PartialDate

BirthDateReading = Reading[PartialDate | None]
_EARLIEST = 1850

_LUNAR_WORD = re.compile(
    r"[(（]?\s*(?:农历|農曆|农曆|阴历|陰曆|旧历|舊曆|lunar(?:\s+calendar)?)\s*[)）]?[\s:：,]*", re.I
)
_SOLAR_WORD = re.compile(r"[(（]?\s*(?:公历|公曆|阳历|陽曆|新历|新曆|solar)\s*[)）]?[\s:：,]*", re.I)
_LUNAR_DAY = "初[一二三四五六七八九十]|[二三]十[一二三四五六七八九]?|十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅|[一二三四五六七八九]"
# What only the lunar calendar is written with: 正月, 闰四月, 初三, and 八月十五 without a sign for "day" behind it.
_LUNAR_BY_ITS_LOOKS = re.compile(
    rf"[闰閏正冬腊臘初廿卅]|(?:^|年)\s*(?:十[一二]?|[一二三四五六七八九])月(?:{_LUNAR_DAY})$"
)
_LUNAR_WRITTEN = re.compile(
    r"(?:(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})\s*年?[\s\-/.,]*)?"
    r"(?P<leap>闰|閏|leap(?:\s+month)?\s*)?\s*(?P<month>\d{1,2}|十[一二]?|[正冬腊臘一二三四五六七八九])"
    rf"\s*(?:月|[\s\-/.])?\s*(?P<day>\d{{1,2}}|{_LUNAR_DAY})?\s*[日号號]?",
    re.I,
)
_YEAR_ALONE = re.compile(r"(\d{4})\s*年?")
_YEAR_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_MONTH_DAY = re.compile(r"(?:--?)?(\d{1,2})\s*[-月]\s*(\d{1,2})\s*[日号號]?")
_EITHER_ORDER = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{1,2})")
_MONTH_ALONE = re.compile(r"(\d{1,2})\s*月")
_WORD_FIRST = re.compile(r"([a-z]{3,9})\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(\d{4}))?", re.I)
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?", re.I)


def read_birth_date(raw: object, *, latest: date | None = None) -> BirthDateReading:
    """A birthday of which at least the year or the month is known. `latest`: the last day that makes sense."""
    if isinstance(raw, date | datetime) or is_number(raw):
        return _of_day(read_date(raw, latest=latest))
    text = plain(as_text(raw))
    if says_nothing(text):
        return Reading(None, (Change("empty_word", {"word": text}),) if text else ())
    if is_error(text):
        return refused("formula_error", value=None, error=text)
    try:
        reading = _read_written(text, latest)
    except NoSuchDay:
        return refused("no_such_day", value=None, date=text)
    return _sensible(reading, latest) if reading.value else reading


def _read_written(text: str, latest: date | None) -> BirthDateReading:
    try:
        return Reading(PartialDate.parse(text))
    except NoSuchDay:
        raise
    except ValueError:
        pass
    without = _SOLAR_WORD.sub("", text).strip()
    if without == text and (_LUNAR_WORD.search(text) or _LUNAR_BY_ITS_LOOKS.search(text)):
        return _read_lunar(_LUNAR_WORD.sub(" ", text).strip())
    whole = read_date(without, latest=latest)
    if whole.ok:
        return _of_day(whole)
    in_part = _read_in_part(chinese_digits(without))
    return in_part or refused(whole.problem.code, value=None, **whole.problem.params)


def _of_day(reading) -> BirthDateReading:
    """What the reader of whole days found; a year alone is enough here."""
    if reading.problem and reading.problem.code == "day_missing":
        return Reading(PartialDate(reading.problem.params["year"]), (Change("rewritten"),))
    value = PartialDate.of(reading.value) if reading.value else None
    return Reading(value, reading.changes, reading.problem)


def _sensible(reading: BirthDateReading, latest: date | None) -> BirthDateReading:
    value = reading.value
    if latest and ((value.exact and value.exact > latest) or (value.year and value.year > latest.year)):
        return refused("date_in_future", value=None, date=str(value))
    if value.year and value.year < _EARLIEST:
        return refused("date_too_early", value=None, date=str(value))
    return reading


# -- solar, in part -----------------------------------------------------------------------------------------


def _read_in_part(text: str) -> BirthDateReading | None:
    if match := _YEAR_ALONE.fullmatch(text):
        return _read(year=int(match[1]))
    if match := _YEAR_MONTH.fullmatch(text):
        return _read(year=int(match[1]), month=int(match[2]))
    if match := _MONTH_DAY.fullmatch(text):
        return _read(month=int(match[1]), day=int(match[2]))
    if match := _EITHER_ORDER.fullmatch(text):
        return _either_order(int(match[1]), int(match[2]))
    if match := _MONTH_ALONE.fullmatch(text):
        return _read(month=int(match[1]))
    return _read_in_words(text)


def _either_order(first: int, second: int) -> BirthDateReading:
    """5/3 is a day in May in one country and in March in another."""
    if first <= 12 and second <= 12 and first != second:
        return refused(
            "day_or_month_first",
            value=None,
            first=f"{first:02d}-{second:02d}",
            second=f"{second:02d}-{first:02d}",
        )
    return _read(month=first, day=second) if first <= 12 else _read(month=second, day=first)


def _read_in_words(text: str) -> BirthDateReading | None:
    if match := _DAY_FIRST.fullmatch(text):
        day, name, year = match[1], match[2], None
    elif match := _WORD_FIRST.fullmatch(text):
        name, day, year = match.groups()
    else:
        return None
    month = MONTH_NAMES.get(name.casefold())
    return _read(year and int(year), month, day and int(day)) if month else None


def _read(year=None, month=None, day=None, **calendar) -> BirthDateReading:
    for part in (month, day):
        if part == 0:
            raise NoSuchDay
    return Reading(PartialDate(year, month, day, **calendar), (Change("rewritten"),))


# -- lunar ----------------------------------------------------------------------------------------------------

_MONTHS = {"正": 1, "冬": 11, "腊": 12, "臘": 12}


def _read_lunar(text: str) -> BirthDateReading:
    if match := re.fullmatch(r"(\d{4}|[〇○零一二三四五六七八九]{4})\s*年?", text):
        return _read(int(chinese_digits(match[1])), lunar=True)
    match = _LUNAR_WRITTEN.fullmatch(text)
    if not match:
        return refused("not_a_date", value=None)
    year = int(chinese_digits(match["year"])) if match["year"] else None
    month = _MONTHS.get(match["month"]) or int(chinese_digits(match["month"]))
    day, leap = _lunar_day(match["day"]), bool(match["leap"])
    return _lunar_problem(year, month, day, leap) or _read(year, month, day, lunar=True, leap=leap)


def _lunar_day(written: str | None) -> int | None:
    if not written:
        return None
    written = re.sub("^初", "", written).replace("廿", "二十").replace("卅", "三十")
    return int(chinese_digits(written))


def _lunar_problem(year: int | None, month: int, day: int | None, leap: bool) -> BirthDateReading | None:
    """What the almanac of that year says against it."""
    if year is None or not lunar.FIRST_YEAR <= year <= lunar.LAST_YEAR or not 1 <= month <= 12:
        return None
    if leap and lunar.leap_month(year) != month:
        return refused("no_leap_month", value=None, year=year, month=month)
    if day == 30 and lunar.month_length(year, month, leap) == 29:
        return refused("lunar_month_short", value=None, year=year, month=month)
    return None
