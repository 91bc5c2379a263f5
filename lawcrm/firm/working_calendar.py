"""Which days the firm works: weekends, public holidays, make-up working days, and the firm's own exceptions.

Public holidays come from the library `holidays`. For mainland China it knows the State Council's swaps and make-up
days of each year once they are published (a year ahead); before that only the days the law itself names. What it does
not know, or what the firm does otherwise, an administrator adds: an exception beats the library.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.rules.working_days import NOTHING, OwnDay, WorkingCalendar, Year
from lawcrm.firm.words import listed

CHINA, ENGLAND_WALES, WEEKDAYS = "china", "england_wales", "weekdays"
BY_ZONE = "by_zone"
CLOSED, WORKED = "closed", "worked"
ZONES = {
    "Asia/Shanghai": CHINA,
    "Asia/Chongqing": CHINA,
    "Asia/Urumqi": CHINA,
    "PRC": CHINA,
    "Europe/London": ENGLAND_WALES,
}


@lru_cache(maxsize=64)
def public_days(code: str, year: int) -> Year:
    """The public holidays and make-up working days of a year. Raises KeyError for an unknown calendar."""
    if code == WEEKDAYS:
        return NOTHING
    found = _LIBRARY[code](year)
    return Year(
        {day: name for day, name in found.items() if day.year == year},
        frozenset(day for day in found.weekend_workdays if day.year == year),
        has_make_up_days=code == CHINA,
    )


def _china(year: int):
    from holidays.countries.china import China  # a third of a second, spared to who asks for no day

    return China(years=year, language="en_US")


def _england_wales(year: int):
    from holidays.countries.united_kingdom import UnitedKingdom

    return UnitedKingdom(years=year, subdiv="ENG", language="en_GB")  # Wales has the same days


# The library's English names, to be translated: it speaks Chinese of China only.
_NAMES = {
    "New Year's Day": _("New Year's Day"),
    "Chinese New Year's Eve": _("Chinese New Year's Eve"),
    "Chinese New Year (Spring Festival)": _("Spring Festival"),
    "Tomb-Sweeping Day": _("Tomb-Sweeping Day"),
    "Labor Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "Mid-Autumn Festival": _("Mid-Autumn Festival"),
    "National Day": _("National Day"),
    "Good Friday": _("Good Friday"),
    "Easter Monday": _("Easter Monday"),
    "May Day": _("Early May bank holiday"),
    "Spring Bank Holiday": _("Spring bank holiday"),
    "Late Summer Bank Holiday": _("Summer bank holiday"),
    "Christmas Day": _("Christmas Day"),
    "Boxing Day": _("Boxing Day"),
}
_SWAPPED, _OBSERVED = "Day off (substituted", " (observed)"


def holiday_words(name: str) -> str:
    """A holiday of the library in the reader's language; one it has added since stays as it is."""
    if name.startswith(_SWAPPED):
        return str(_("Day off, made up for on a weekend"))
    words = listed(str(_NAMES.get(one, one)) for one in name.removesuffix(_OBSERVED).split("; "))
    return str(_("%(day)s (instead)") % {"day": words}) if name.endswith(_OBSERVED) else words


_LIBRARY = {CHINA: _china, ENGLAND_WALES: _england_wales}


def code_of(policy: FirmPolicy) -> str:
    """Whose public holidays hold: as chosen, or by the firm's time zone."""
    if policy.working_calendar != BY_ZONE:
        return policy.working_calendar
    return ZONES.get(settings.FIRM_TIME_ZONE, WEEKDAYS)


def calendar_in(zone: str, policy: FirmPolicy) -> WorkingCalendar:
    """The calendar of somebody who lives in this zone: its public holidays where known and the firm goes by zones."""
    if policy.working_calendar == BY_ZONE and zone in ZONES:
        return _calendar(ZONES[zone], policy)
    return calendar_of(policy)


def calendar_of(policy: FirmPolicy) -> WorkingCalendar:
    return _calendar(code_of(policy), policy)


def _calendar(code: str, policy: FirmPolicy) -> WorkingCalendar:
    own = {
        date.fromisoformat(day): OwnDay(worked=held["days"] == WORKED, name=held["name"])
        for day, held in policy.own_days.items()
    }
    return WorkingCalendar(partial(public_days, code), own)


def current_calendar() -> WorkingCalendar:
    """The firm's calendar as the policy has it now."""
    return calendar_of(current_policy())
