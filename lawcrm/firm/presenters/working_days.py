"""A year of the working calendar, as an administrator checks it: what falls out, what is made up for."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from lawcrm.firm.rules.working_days import SATURDAY, WorkingCalendar
from lawcrm.firm.working_calendar import holiday_words


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day that is not like its weekday. `own`: the firm decided it."""

    day: date
    worked: bool
    name: str
    own: bool


class YearOfDays:
    """The days of one year that differ from Monday to Friday, in order."""

    def __init__(self, calendar: WorkingCalendar, year: int):
        self.calendar, self.year, self.public = calendar, year, calendar.public(year)

    @cached_property
    def lines(self) -> list[DayLine]:
        days = {day for day in self.public.closed if day.weekday() < SATURDAY} | set(self.public.worked)
        days |= {day for day in self.calendar.own if day.year == self.year}
        return [self._line(day) for day in sorted(days)]

    @property
    def makes_up(self) -> bool:
        """False for a year whose make-up days are not published yet, in a country that has them."""
        return bool(self.public.worked) or not self.public.has_make_up_days

    def _line(self, day: date) -> DayLine:
        if own := self.calendar.own.get(day):
            return DayLine(day, own.worked, own.name, True)
        worked = day in self.public.worked
        name = _("Make-up working day") if worked else holiday_words(self.public.closed[day])
        return DayLine(day, worked, name, False)
