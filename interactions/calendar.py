"""Follow-ups in their owner's calendar, and events for clients."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interactions.access import visible_events, visible_follow_ups
from interactions.enums import FollowUpState
from interactions.presenters.words import follow_up_words
from interactions.queries.follow_ups import for_calendar
from lawcrm.firm import clock
from lawcrm.firm.calendar.items import CalendarItem, Source, register

LASTS = timedelta(minutes=30)
EVENT_LASTS = timedelta(hours=2)


def _items(user, since, until):
    rows = for_calendar(
        visible_follow_ups(user), user, clock.start_of(since, user), clock.start_of(until, user)
    )
    return [_item(row) for row in rows]


def _item(row) -> CalendarItem:
    starts = row.snoozed_until if row.state == FollowUpState.SNOOZED else row.due_at
    words = {"client": row.client, "what": follow_up_words(row.title, row.origin)}
    return CalendarItem(
        uid=f"follow-up-{row.pk}@lawcrm",
        sequence=row.version - 1,
        title=_("%(client)s: %(what)s") % words,
        bare=_("A follow-up is due"),
        starts=starts,
        ends=starts + LASTS,
        path=reverse("interactions:follow_up", args=[row.pk]),
        made_at=row.created_at,
        changed_at=row.updated_at,
        cancelled=row.state == FollowUpState.CANCELLED,
        done=row.state == FollowUpState.DONE,
    )


def _events(user, since, until):
    rows = visible_events(user).for_calendar(user, clock.start_of(since, user), clock.start_of(until, user))
    return [_event(row) for row in rows]


def _event(row) -> CalendarItem:
    return CalendarItem(
        uid=f"event-{row.pk}@lawcrm",
        sequence=row.version - 1,
        title=row.title,
        bare=_("An event for clients"),
        starts=row.starts_at,
        ends=row.starts_at + EVENT_LASTS,
        path=reverse("care:event", args=[row.pk]),
        made_at=row.created_at,
        changed_at=row.updated_at,
        cancelled=row.cancelled_at is not None,
        place=row.place,
    )


register(Source("events", 30, gettext_lazy("Events I organise or my clients are invited to"), _events))
register(Source("follow_ups", 10, gettext_lazy("My follow-ups"), _items))
