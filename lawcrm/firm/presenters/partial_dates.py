"""Partial dates in the reader's words, and as they are typed."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.words import is_chinese

_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_FIGURES = "一二三四五六七八九"


def partial_date_words(partial: PartialDate | None) -> str:
    """As much of it as is known: "3 May 1980", "May 1980", "3 May"; lunar ones as 农历 dates are told."""
    if partial is None:
        return ""
    return _lunar_words(partial) if partial.lunar else _solar_words(partial)


def typed_form(partial: PartialDate | None) -> str:
    """What a person may have typed for it: it reads back to the same."""
    if partial is None:
        return ""
    if partial.lunar:
        return _lunar_chinese(partial) if is_chinese() else _lunar_figures(partial)
    if partial.year and partial.month:
        return "-".join(
            [str(partial.year), f"{partial.month:02d}", *([f"{partial.day:02d}"] if partial.day else [])]
        )
    return _solar_words(partial)


def _solar_words(partial: PartialDate) -> str:
    if partial.month is None:
        return f"{partial.year}年" if is_chinese() else str(partial.year)
    day = date(partial.year or 2000, partial.month, partial.day or 1)
    if partial.year:
        return date_format(day, "DATE_FORMAT" if partial.day else "YEAR_MONTH_FORMAT")
    if partial.day:
        return date_format(day, "MONTH_DAY_FORMAT")
    return f"{partial.month}月" if is_chinese() else date_format(day, "F")


def _lunar_words(partial: PartialDate) -> str:
    if is_chinese():
        return _lunar_chinese(partial)
    parts = [
        f"{'leap ' if partial.leap else ''}{_ordinal(partial.month)} month" if partial.month else "",
        f"day {partial.day}" if partial.day else "",
        str(partial.year) if partial.year else "",
    ]
    return f"lunar calendar: {', '.join(part for part in parts if part)}"


def _lunar_figures(partial: PartialDate) -> str:
    year, leap = (f" {partial.year}" if partial.year else ""), (" leap" if partial.leap else "")
    month = f" {partial.month}" if partial.month else ""
    return f"lunar{year}{leap}{month}{f'-{partial.day}' if partial.day else ''}"


def _lunar_chinese(partial: PartialDate) -> str:
    year = f"{partial.year}年" if partial.year else ""
    month = f"{'闰' if partial.leap else ''}{_MONTHS[partial.month - 1]}月" if partial.month else ""
    return f"农历{year}{month}{_lunar_day(partial.day) if partial.day else ''}"


def _lunar_day(day: int) -> str:
    if day in (10, 20, 30):
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return ("初", "十", "廿")[day // 10] + _FIGURES[day % 10 - 1]


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"
