"""Birthdays in words: what was read, and when it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from clients.presenters.problems import problem_words
from lawcrm.firm.partial_dates import PartialDate, next_occurrences
from lawcrm.firm.presenters.partial_dates import partial_date_words


@dataclass(frozen=True, slots=True)
class DateReading:
    words: str = ""
    exact: str = ""  # the solar day of a lunar one
    next: str = ""
    problem: str = ""


def date_reading(reading, today: date) -> DateReading:
    if reading.problem:
        return DateReading(problem=problem_words(reading.problem.code, reading.problem.params))
    if reading.value is None:
        return DateReading()
    return DateReading(
        partial_date_words(reading.value), solar_words(reading.value), _next(reading.value, today)
    )


def solar_words(partial: PartialDate) -> str:
    return date_format(partial.exact, "DATE_FORMAT") if partial.lunar and partial.exact else ""


def _next(partial: PartialDate, today: date) -> str:
    days = next_occurrences(partial, today, 1)
    return day_with_weekday(days[0]) if days else ""


def day_with_weekday(day: date) -> str:
    return f"{date_format(day, 'DATE_FORMAT')} {date_format(day, 'D')}"
