"""The call-preparation card: one glance before a conversation, in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.enums import PreferredChannel
from clients.presenters.client_page import Headline, headline, person_line
from clients.presenters.ladder import ladder_context
from interactions.access import open_follow_ups_of
from interactions.call_card import CardPart, added_parts
from interactions.enums import Channel, Confidentiality, FollowUpOrigin, Mood
from interactions.presenters.beside import MustKnowLine, must_know_lines
from interactions.presenters.follow_ups import FollowUpRow, follow_up_row
from interactions.presenters.tips import channel_tips, temperament_tips
from interactions.presenters.words import WHO, channel_icon, channel_words, purpose_words
from interactions.queries import call_card as queries
from interactions.queries.beside import beside_timeline
from lawcrm.firm import clock
from lawcrm.firm.templatetags.look import ago, day
from lawcrm.firm.words import labelled, listed
from matters.access import matters_of

FOLLOW_UPS, MATTERS, PEOPLE, NOTE = 5, 5, 4, 180


@dataclass(frozen=True, slots=True)
class Spoken:
    """A past conversation in a line."""

    url: str
    icon: str
    when: str
    who: str
    tags: tuple[str, ...]
    note: str
    sealed: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise still open."""

    pk: str
    ours: bool
    who: str
    text: str
    until: str
    late: bool
    url: str


@dataclass(frozen=True, slots=True)
class MatterAtHand:
    url: str
    title: str
    stage: str
    next: str
    late: bool
    progress: str


@dataclass
class CallCard:
    client: object
    head: Headline
    channel: str
    reach: list[tuple[str, str]] = field(default_factory=list)
    people: list = field(default_factory=list)
    team: list = field(default_factory=list)
    must_know: list[MustKnowLine] = field(default_factory=list)
    about: FollowUpRow | None = None
    follow_ups: list[FollowUpRow] = field(default_factory=list)
    promises: list[Owed] = field(default_factory=list)
    complaint: str = ""
    complaint_open: bool = False
    contacts: list[Spoken] = field(default_factory=list)
    matters: list[MatterAtHand] = field(default_factory=list)
    ladder: dict = field(default_factory=dict)
    parts: list[CardPart] = field(default_factory=list)

    @property
    def channels(self) -> list[tuple[str, str, str, bool]]:
        """(code, word, icon, chosen) of each way to talk."""
        return [
            (code, channel_words(code), channel_icon(code), code == self.channel) for code in Channel.values
        ]

    @property
    def channel_tips(self) -> list[str]:
        return channel_tips(self.channel)

    @property
    def temperament(self) -> str:
        return self.client.get_temperament_display()

    @property
    def temperament_tips(self) -> list[str]:
        return temperament_tips(self.client.temperament)


def call_card(page, *, channel: str = "", follow_up=None) -> CallCard:
    """The card of a client that came through the door; `follow_up`: what the call is about. A flat number of
    statements."""
    client, user = page.client, page.user
    planned = open_follow_ups_of(client, user, FOLLOW_UPS + queries.PROMISES)
    follow_ups = [
        row for row in planned if row != follow_up and row.origin != FollowUpOrigin.PROMISE
    ]  # promises have a place of their own
    complaint, complaint_open = _complaint(client, user, page.today)
    return CallCard(
        client=client,
        head=headline(page),
        channel=channel or client.preferred_channel or Channel.PHONE,
        reach=_reach(client),
        people=[person_line(place) for place in page.people[:PEOPLE]],
        team=[client.responsible, *page.team],
        must_know=must_know_lines(beside_timeline(client, user)),
        about=follow_up_row(follow_up, user) if follow_up else None,
        follow_ups=[follow_up_row(row, user) for row in follow_ups[:FOLLOW_UPS]],
        promises=[_owed(row, page.today) for row in queries.open_promises(client, user)],
        complaint=complaint,
        complaint_open=complaint_open,
        contacts=[_spoken(row) for row in queries.last_contacts(client, user)],
        matters=_matters(client, user, page.today),
        ladder=ladder_context(client, user, page.assessment, page.override, page.today),
        parts=added_parts(page),
    )


def _reach(client) -> list[tuple[str, str]]:
    """How and when they want to be reached."""
    words = dict(PreferredChannel.choices).get(client.preferred_channel, "")
    pairs = [
        (_("Best reached"), listed(filter(None, [str(words), client.preferred_hours]))),
        (_("Their time"), _their_time(client.time_zone)),
        (_("Language"), client.get_language_display()),
    ]
    return [(name, value) for name, value in pairs if value]


def _their_time(zone: str) -> str:
    """The hour where they are, where that is not the reader's."""
    try:
        there = clock.now().astimezone(ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return ""
    if there is None or there.utcoffset() == timezone.localtime(clock.now()).utcoffset():
        return ""
    return f"{there:%H:%M}, {day(there.date())}"


def _spoken(contact) -> Spoken:
    at = timezone.localtime(contact.at)
    sealed = contact.confidentiality == Confidentiality.CONFIDENTIAL
    note = "" if sealed else " ".join(contact.note.split())
    people = [person.name for person in contact.people.all()]
    mood = str(Mood(contact.mood).label) if contact.mood and contact.mood != Mood.NEUTRAL else ""
    who = WHO.get((contact.initiator, contact.answered), "")
    return Spoken(
        url=reverse("interactions:detail", args=[contact.pk]),
        icon=channel_icon(contact.channel),
        when=ago(at),
        who=" · ".join(filter(None, [str(who), contact.with_lawyer.display_name, listed(people), mood])),
        tags=purpose_words(contact.purposes),
        note=note if len(note) <= NOTE else note[:NOTE].rstrip() + "…",
        sealed=sealed,
    )


def _owed(promise, today: date) -> Owed:
    follow_up = getattr(promise, "follow_up", None)
    where = (
        reverse("interactions:follow_up", args=[follow_up.pk])
        if promise.by_firm and follow_up
        else reverse("interactions:detail", args=[promise.contact_id])
    )
    ours = _("We promised (%s)") % promise.owner.display_name if promise.owner else _("We promised")
    return Owed(
        pk=str(promise.pk),
        ours=promise.by_firm,
        who=ours if promise.by_firm else _("The client promised"),
        text=promise.text,
        until=day(promise.due_on) if promise.due_on else "",
        late=bool(promise.due_on and promise.due_on < today),
        url=where,
    )


def _complaint(client, user, today: date) -> tuple[str, bool]:
    """The last complaint in words, and whether one still waits for its answer."""
    last = queries.last_complaint(client, user)
    if last is None:
        return "", False
    waits = queries.open_complaints(client, user) > 0
    words = _("Last complaint %s") % ago(timezone.localtime(last.at))
    return labelled(words, _("not answered yet") if waits else _("answered")), waits


def _matters(client, user, today: date) -> list[MatterAtHand]:
    matters = [matter for matter in matters_of(client, user, MATTERS) if matter.state == "open"]
    progress = queries.last_progress(matters) if matters else {}
    return [_matter(matter, progress.get(matter.pk), today) for matter in matters]


def _matter(matter, progress, today: date) -> MatterAtHand:
    following = ""
    if matter.next_date:
        following = " ".join(filter(None, [day(matter.next_date), matter.next_date_note]))
    return MatterAtHand(
        url=reverse("matters:detail", args=[matter.pk]),
        title=matter.title,
        stage=matter.get_stage_display(),
        next=following,
        late=bool(matter.next_date and matter.next_date < today),
        progress=f"{day(progress.on)}: {_short(progress.text)}" if progress else "",
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= NOTE else text[:NOTE].rstrip() + "…"
