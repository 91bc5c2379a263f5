"""Events in words and figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import segno
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lawcrm.firm.templatetags.look import day


@dataclass(frozen=True, slots=True)
class EventRow:
    title: str
    url: str
    kind: str
    when: str
    place: str
    is_over: bool
    is_cancelled: bool


def event_row(event, now) -> EventRow:
    return EventRow(
        title=event.title,
        url=reverse("care:event", args=[event.pk]),
        kind=event.get_kind_display(),
        when=moment_words(event.starts_at),
        place=event.place,
        is_over=event.starts_at <= now,
        is_cancelled=event.cancelled_at is not None,
    )


def moment_words(moment) -> str:
    local = timezone.localtime(moment)
    return f"{day(local.date())} {local:%H:%M}"


@dataclass(frozen=True, slots=True)
class GuestRow:
    pk: str
    url: str
    name: str
    client: str
    client_url: str
    state: str
    came: bool
    has_follow_up: bool


def guest_row(one) -> GuestRow:
    return GuestRow(
        pk=str(one.pk),
        url=reverse("care:guest", args=[one.pk]),
        name=one.person.name if one.person else one.client.name,
        client=one.client.name if one.person else "",
        client_url=reverse("clients:detail", args=[one.client_id]),
        state=_state(one),
        came=one.attended_at is not None,
        has_follow_up=one.follow_up_id is not None,
    )


def _state(one) -> str:
    if one.waiting_since:
        return _("On the waiting list")
    if one.answer:
        return one.get_answer_display()
    return _("No answer yet") if one.sent_at else _("Not invited yet")


@dataclass(frozen=True, slots=True)
class GuestLine:
    """An event on the page of a client that is invited."""

    event: str
    event_url: str
    url: str
    when: str
    place: str
    name: str
    state: str


def guest_line(one) -> GuestLine:
    return GuestLine(
        event=one.event.title,
        event_url=reverse("care:event", args=[one.event_id]),
        url=reverse("care:guest", args=[one.pk]),
        when=moment_words(one.event.starts_at),
        place=one.event.place,
        name=one.person.name if one.person else one.client.name,
        state=_("Came") if one.attended_at else _state(one),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an event has come to."""

    invited: int
    sent: int
    yes: int
    waiting: int
    no: int
    came: int
    per_guest: Decimal | None
    contacts: int
    matters: int


def outcome(event, figures: dict, after: dict) -> Outcome:
    per_guest = event.cost / figures["came"] if figures["came"] else None
    return Outcome(**figures, per_guest=per_guest, **after)


def qr_code(address: str) -> SafeString:
    """As SVG without a style of its own; on white, so that a phone reads it in the dark theme too."""
    return SafeString(
        segno.make(address, error="m").svg_inline(
            scale=5, dark="#14202e", light="#ffffff", omitsize=False, svgclass="qr"
        )
    )
