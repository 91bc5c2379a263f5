"""Follow-ups as rows, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interactions.enums import FollowUpOrigin, FollowUpState, Priority
from interactions.models import FollowUp
from interactions.presenters.words import cancelled_words, follow_up_words, reason_words
from interactions.rules.follow_ups import UNFINISHED, days_late
from lawcrm.firm import clock
from lawcrm.firm.templatetags.look import day


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """`when` says what counts now: when it is due, until when it sleeps, or when it ended."""

    id: str
    url: str
    title: str
    when: str
    late: bool
    client: str
    client_url: str
    why: str
    owner: str  # empty where it is the reader's own
    open: bool
    done_url: str
    snooze_url: str
    card_url: str
    look_url: str = ""  # where it is done by looking rather than by a contact


def follow_up_row(follow_up: FollowUp, reader) -> FollowUpRow:
    pk = follow_up.pk
    when, late = when_words(follow_up)
    return FollowUpRow(
        id=str(pk),
        url=reverse("interactions:follow_up", args=[pk]),
        title=follow_up_words(follow_up.title, follow_up.origin),
        when=when,
        late=late,
        client=follow_up.client.name,
        client_url=reverse("clients:detail", args=[follow_up.client_id]),
        why=why_words(follow_up),
        owner="" if follow_up.owner_id == reader.pk else follow_up.owner.display_name,
        open=follow_up.state in UNFINISHED,
        done_url=f"{reverse('interactions:log')}?follow_up={pk}",
        snooze_url=reverse("interactions:follow_up_snooze", args=[pk]),
        card_url=f"{reverse('interactions:call_card', args=[follow_up.client_id])}?follow_up={pk}",
        look_url=look_url(follow_up),
    )


def look_url(follow_up: FollowUp) -> str:
    """A profile is verified on its own page, by one click; there is no contact to log."""
    if follow_up.origin != FollowUpOrigin.VERIFY:
        return ""
    return f"{reverse('clients:profile', args=[follow_up.client_id])}#upkeep"


def when_words(follow_up: FollowUp) -> tuple[str, bool]:
    """When it is due as one says it, in the reader's zone; and whether that is late."""
    if follow_up.state == FollowUpState.DONE:
        return _("done %s") % day(follow_up.finished_at), False
    if follow_up.state == FollowUpState.CANCELLED:
        return _("cancelled %s") % day(follow_up.finished_at), False
    if follow_up.state == FollowUpState.SNOOZED and follow_up.snoozed_until > clock.now():
        return _("snoozed until %s") % day(follow_up.snoozed_until), False
    return due_words(follow_up.due_at)


def due_words(due_at) -> tuple[str, bool]:
    local, today = timezone.localtime(due_at), timezone.localdate()
    days = days_late(local.date(), today)
    if days:
        return ngettext("%d day late", "%d days late", days) % days, True
    if local.date() == today:
        return _("today %s") % f"{local:%H:%M}", local < timezone.now()
    if local.date() == today + timedelta(days=1):
        return _("tomorrow %s") % f"{local:%H:%M}", False
    return day(local), False


def why_words(follow_up: FollowUp) -> str:
    """Why it is there; what was cancelled says why not."""
    if follow_up.state == FollowUpState.CANCELLED:
        return cancelled_words(follow_up)
    parts = [reason_words(follow_up)]
    if follow_up.priority == Priority.HIGH and follow_up.origin == FollowUpOrigin.HAND:
        parts.append(_("High priority"))
    return " · ".join(part for part in parts if part)
