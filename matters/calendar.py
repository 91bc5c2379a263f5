"""Key dates of one's matters in one's calendar, and in the morning mail."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm import clock, digest
from lawcrm.firm.calendar.items import CalendarItem, Source, register
from lawcrm.firm.templatetags.look import day
from matters.access import visible_key_dates
from matters.enums import MatterState

LASTS = timedelta(hours=1)


def _items(user, since, until):
    return [_item(row) for row in visible_key_dates(user).for_calendar(user, since, until)]


def _item(row) -> CalendarItem:
    words = {"client": row.matter.client, "what": _what(row), "matter": row.matter}
    starts = _starts(row)
    return CalendarItem(
        uid=f"key-date-{row.pk}@lawcrm",
        sequence=row.version + row.matter.version - 2,
        title=_("%(client)s: %(what)s (%(matter)s)") % words,
        bare=_("A date of a matter"),
        starts=starts,
        ends=starts + (LASTS if row.at else timedelta(days=1)),
        path=reverse("matters:detail", args=[row.matter_id]),
        made_at=row.created_at,
        changed_at=max(row.updated_at, row.matter.updated_at),
        cancelled=_is_off(row),
        done=row.done_on is not None,
        place=row.place,
    )


def _is_off(row) -> bool:
    """Called off; or its matter was closed, or withdrawn, with the date left open."""
    return row.called_off or (row.done_on is None and row.matter.state != MatterState.OPEN)


def _starts(row) -> datetime | date:
    """An hour of a court is one on the firm's clock; a date without an hour is that date everywhere."""
    return datetime.combine(row.on, row.at, tzinfo=clock.zone_of()) if row.at else row.on


def _what(row) -> str:
    return row.title or row.get_kind_display()


def _lines(user, span):
    rows = visible_key_dates(user).for_calendar(user, span.first, span.last + timedelta(days=1))
    return [_line(row, with_day=span.names_days) for row in rows if row.done_on is None and not _is_off(row)]


def _line(row, *, with_day: bool) -> tuple[str, str]:
    hour = f"{timezone.localtime(_starts(row)):%H:%M}" if row.at else ""
    when = " ".join(filter(None, (day(row.on) if with_day else "", hour)))
    told = {"when": when, "client": row.matter.client, "what": _what(row)}
    text = _("%(when)s %(client)s: %(what)s") if when else _("%(client)s: %(what)s")
    return text % told, reverse("matters:detail", args=[row.matter_id])


register(Source("key_dates", 20, gettext_lazy("Key dates of my matters"), _items))
digest.register(digest.Section("key_dates", 12, gettext_lazy("Key dates"), _lines))
