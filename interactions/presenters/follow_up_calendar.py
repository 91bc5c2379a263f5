"""Follow-ups by the calendar, in days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from interactions.presenters.follow_ups import FollowUpRow, follow_up_row
from lawcrm.firm import clock
from lawcrm.firm.working_calendar import current_calendar

DAY, WEEK, AGENDA = VIEWS = ("day", "week", "agenda")


@dataclass
class Entry:
    row: FollowUpRow
    hour: str
    move_url: str
    version: int


@dataclass
class Day:
    """`iso` is what a drop or the menu posts; empty for what is left from before."""

    title: str
    iso: str = ""
    is_today: bool = False
    is_late: bool = False
    closed: bool = False
    entries: list[Entry] = field(default_factory=list)


def days_of(view: str, first: date | None, rows, reader, today: date) -> list[Day]:
    """The days of a view, each with its follow-ups; those left from before stand in front."""
    length = {DAY: 1, WEEK: 7}.get(view, 0)
    calendar = current_calendar()
    days = {first + timedelta(days=ahead): None for ahead in range(length)}
    days = {day: _day(day, today, calendar) for day in days}
    late = Day(_("Left from before"), is_late=True)
    for follow_up in rows:
        due = clock.local(follow_up.due_at, reader)
        entry = Entry(
            follow_up_row(follow_up, reader),
            f"{due:%H:%M}",
            reverse("interactions:follow_up_move", args=[follow_up.pk]),
            follow_up.version,
        )
        if first is not None and due.date() < first:
            late.entries.append(entry)
            continue
        if due.date() not in days:
            days[due.date()] = _day(due.date(), today, calendar)
        days[due.date()].entries.append(entry)
    return ([late] if late.entries else []) + list(days.values())


def _day(day: date, today: date, calendar) -> Day:
    title = date_format(day, "MONTH_DAY_FORMAT") + " " + date_format(day, "D") if day != today else _("Today")
    return Day(title, day.isoformat(), day == today, closed=not calendar.is_working(day))


def nearby(view: str, on: date) -> dict:
    """The days shown, the day or week before and after, and the ways out of the menu."""
    step = timedelta(days=1 if view == DAY else 7)
    first = on if view == DAY else on - timedelta(days=on.weekday())
    calendar, tomorrow = current_calendar(), clock.today() + timedelta(days=1)
    monday = tomorrow + timedelta(days=(7 - tomorrow.weekday()) % 7)
    return {
        "first": first,
        "last": first + step - timedelta(days=1),
        "before": (on - step).isoformat(),
        "after": (on + step).isoformat(),
        "moves": [
            (_("Tomorrow"), calendar.next_working_day(tomorrow).isoformat()),
            (_("Next Monday"), calendar.next_working_day(monday).isoformat()),
            (_("In a week"), calendar.next_working_day(tomorrow + timedelta(days=6)).isoformat()),
        ],
    }
