"""Follow-ups and events in the morning mail and in Monday's overview."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interactions.access import visible_events, visible_follow_ups
from interactions.presenters.words import follow_up_words
from interactions.queries.follow_ups import due_within, late_of
from lawcrm.firm import clock
from lawcrm.firm.digest import Section, register
from lawcrm.firm.templatetags.look import day


def _late(user, span):
    """What should have been done before the mail's first day."""
    return [
        _line(row, with_day=True)
        for row in late_of(visible_follow_ups(user), user, clock.start_of(span.first, user))
    ]


def _due(user, span):
    begin = clock.start_of(span.first, user)
    end = clock.start_of(span.last + timedelta(days=1), user)
    return [
        _line(row, with_day=span.names_days) for row in due_within(visible_follow_ups(user), user, begin, end)
    ]


def _events(user, span):
    begin = clock.start_of(span.first, user)
    end = clock.start_of(span.last + timedelta(days=1), user)
    rows = visible_events(user).for_calendar(user, begin, end)
    return [_event_line(row, with_day=span.names_days) for row in rows if row.cancelled_at is None]


def _event_line(row, *, with_day: bool) -> tuple[str, str]:
    local = timezone.localtime(row.starts_at)
    told = {
        "when": f"{day(local)} {local:%H:%M}" if with_day else f"{local:%H:%M}",
        "event": row.title,
        "place": row.place,
    }
    return _("%(when)s %(event)s, %(place)s") % told, reverse("care:event", args=[row.pk])


def _line(row, *, with_day: bool) -> tuple[str, str]:
    local = timezone.localtime(row.due_at)
    told = {
        "when": f"{day(local)} {local:%H:%M}" if with_day else f"{local:%H:%M}",
        "client": row.client,
        "what": follow_up_words(row.title, row.origin),
    }
    return _("%(when)s %(client)s: %(what)s") % told, reverse("interactions:follow_up", args=[row.pk])


register(Section("late", 10, gettext_lazy("Late"), _late))
register(Section("due", 20, gettext_lazy("Due"), _due))
register(Section("events", 15, gettext_lazy("Events"), _events))
