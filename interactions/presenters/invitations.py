"""An invitation as the page shows it before a client is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from interactions.presenters.words import channel_words
from interactions.rules.invitations import Invitation
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.words import listed


@dataclass(frozen=True, slots=True)
class Occasion:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class InvitationPage:
    title: str
    when: str
    place: str
    channel: str
    people: str
    ours: str
    unknown: str
    cancelled: bool
    is_ahead: bool
    at: str
    occasions: list[Occasion]


def invitation_page(held: Invitation, at: datetime, known, ours: dict, now: datetime) -> InvitationPage:
    people = [person for one in known for person in one.people]
    theirs = {address for person in people for address in [person.email.lower()] if address}
    unknown = [one for one in held.addresses if one not in ours and one not in theirs]
    return InvitationPage(
        title=held.title,
        when=_moment(at),
        place=held.place,
        channel=channel_words(held.channel),
        people=listed(dict.fromkeys(person.name for person in people)),
        ours=listed(person.display_name for person in ours.values()),
        unknown=listed(unknown),
        cancelled=held.cancelled,
        is_ahead=at > now,
        at=at.isoformat(),
        occasions=[Occasion(one.isoformat(), _moment(one), one == at) for one in held.occasions],
    )


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{day(local.date())} {local:%H:%M}"
