"""Events: planned, guests invited, answered for, present at the door, followed up.

The two links of a guest follow from a key outside the database, as those of surveys do: the firm can show them again,
a copy of the database cannot.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clients.models import Client, ClientPerson
from interactions.actions.care import wanted_at
from interactions.actions.contacts import log_contact, withdraw_contact
from interactions.actions.follow_ups import FollowUpPlan, make_follow_ups
from interactions.enums import Channel, EventAnswer, FollowUpOrigin, Initiator, Purpose
from interactions.models import Event, EventInvitation
from interactions.presenters.messages import compose, language_of
from interactions.queries.care_tasks import text_for
from interactions.queries.events import SEATED
from interactions.rules.due import morning_of
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.actions.notify import Message, notify, notify_many
from lawcrm.firm.addresses import absolute
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.ids import new_id
from lawcrm.firm.notices import LETTER, Letter
from lawcrm.firm.sealed import blind_index
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.working_calendar import current_calendar

EDITABLE = ("title", "kind", "starts_at", "place", "seats", "organiser", "budget", "cost")
FOLLOW_UP_DAYS = 3


class LinkClosed(Exception):
    """The link is unknown, the event over or cancelled. The visitor is told no difference."""


# -- the event ----------------------------------------------------------------------------------------------------


@transaction.atomic
def make_event(*, by, **values) -> Event:
    event = Event(made_by=by, **values)
    event.save(force_insert=True)
    audit.record(by=by, verb="event.made", obj=event, changes=told(event, ("title", "place")))
    return event


@transaction.atomic
def change_event(event: Event, *, by, version: int, changes: dict) -> Event:
    """Raises StaleVersion."""
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if row.version != version:
        raise StaleVersion(row)
    if made := apply_changes(row, {name: value for name, value in changes.items() if name in EDITABLE}):
        row.version += 1
        row.save()
        fill_seats(row)
        audit.record(by=by, verb="event.changed", obj=row, changes={name: list(map(str, two)) for name, two in made.items()})  # fmt: skip
    return row


@transaction.atomic
def cancel_event(event: Event, *, by) -> None:
    row = Event.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if row.cancelled_at is None:
        row.cancelled_at = clock.now()
        row.version += 1
        row.save(update_fields=["cancelled_at", "version", "updated_at"])
        audit.record(by=by, verb="event.cancelled", obj=row)


# -- the guests ---------------------------------------------------------------------------------------------------


@transaction.atomic
def add_guests(event: Event, clients: Sequence[Client], *, by) -> list[EventInvitation]:
    """One guest of each client: a decision maker, else whoever is on record the longest, else the client itself.

    Who is invited already is left as they are. Returns the new ones; three statements.
    """
    there = set(
        EventInvitation.objects.unscoped()
        .filter(event=event, client__in=clients)
        .values_list("client_id", flat=True)
    )
    new = [client for client in clients if client.pk not in there]
    people = _one_each([client.pk for client in new])
    made = [_invitation(event, client, people.get(client.pk), by) for client in new]
    EventInvitation.objects.bulk_create(made, batch_size=2_000)
    audit.record_many(by=by, verb="event.guest_added", deeds=[(one, {}) for one in made])
    return made


def _one_each(client_ids) -> dict:
    """{client: person to invite}; who does not want to be written to is not invited."""
    places = ClientPerson.objects.present().filter(client_id__in=client_ids, person__do_not_greet=False)
    found: dict = {}
    for client_id, person_id, roles in places.order_by("created_at").values_list(
        "client_id", "person_id", "roles"
    ):
        if client_id not in found or ("decision_maker" in roles and not found[client_id][1]):
            found[client_id] = (person_id, "decision_maker" in roles)
    return {client_id: person_id for client_id, (person_id, _decides) in found.items()}


def _invitation(event: Event, client: Client, person_id, by) -> EventInvitation:
    one = EventInvitation(id=new_id(), event=event, client=client, person_id=person_id, added_by=by)
    one.token_hash, one.door_hash = hash_of(answer_token(one)), hash_of(door_token(one))
    return one


@transaction.atomic
def remove_guests(invitations, *, by) -> set:
    """Those nothing was sent to yet. Returns their clients."""
    rows = list(invitations.filter(sent_at__isnull=True, answer="", attended_at__isnull=True))
    EventInvitation.objects.filter(pk__in=[one.pk for one in rows]).delete()
    audit.record_many(by=by, verb="event.guest_removed", deeds=[(one, {}) for one in rows])
    return {one.client_id for one in rows}


@transaction.atomic
def send_invitations(event: Event, invitations, *, by) -> int:
    """Queues a letter for each guest that has an address and got none yet. Returns how many."""
    rows = invitations.filter(event=event, sent_at__isnull=True).select_for_update(of=("self",)).for_lists()
    ready = [one for one in rows if address_of(one) and wanted_at(one.client, one.person)]
    for one in ready:
        one.sent_at, one.sent_to = clock.now(), address_of(one)
    EventInvitation.objects.bulk_update(ready, ["sent_at", "sent_to"], batch_size=1_000)
    notify_many(Message(by, "event.invitation", f"event:{one.pk}", (LETTER,), one) for one in ready)
    audit.record(by=by, verb="event.sent", obj=event, detail={"count": len(ready)})
    return len(ready)


def address_of(one: EventInvitation) -> str:
    return (one.person.email if one.person else "") or one.client.email


def letter_of(one: EventInvitation, sender) -> Letter | None:
    if one.event.cancelled_at or not wanted_at(one.client, one.person):
        return None
    words = invitation_words(one, sender)
    return Letter(to=one.sent_to, subject=words.subject, body=words.body, reply_to=sender.email)


def invitation_words(one: EventInvitation, sender):
    """The invitation in the guest's language; the link stands below where the text has no place for it."""
    language, event = language_of(one.client, one.person), one.event
    text, link = text_for("invitation", "email", language), absolute(answer_path(one))
    with translation.override(language):
        local = timezone.localtime(event.starts_at, clock.zone_of())
        when = _moment(local)
    words = compose(
        text.subject, text.body, client=one.client, person=one.person, sender=sender, on=local.date(),
        event=event.title, event_date=when, event_place=event.place, answer_link=link,
    )  # fmt: skip
    if link not in words.body:
        words = type(words)(words.subject, f"{words.body}\n\n{link}")
    return words


def _moment(local) -> str:
    return f"{day(local.date())} {local:%H:%M}"


def note_invited(one: EventInvitation, by) -> None:
    """The letter has left: a contact of the log."""
    _log(one, by, Channel.EMAIL, answered=False, note=one.event.title)


# -- answers ------------------------------------------------------------------------------------------------------


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def answer_token(one: EventInvitation) -> str:
    return _token(one, "answer")


def door_token(one: EventInvitation) -> str:
    return _token(one, "door")


def _token(one: EventInvitation, use: str) -> str:
    secret = blind_index("interactions.eventinvitation", use, str(one.pk))
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def answer_path(one: EventInvitation) -> str:
    return f"/e/{answer_token(one)}/"


def invited_by(token: str, *, lock: bool = False) -> EventInvitation:
    """The guest whose link this is, until the event begins. Raises LinkClosed."""
    rows = EventInvitation.objects.unscoped().select_related("event", "client", "person")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    one = rows.filter(token_hash=hash_of(token)).first()
    if one is None or one.event.cancelled_at or one.event.starts_at <= clock.now() or one.client.trashed_at:
        raise LinkClosed
    return one


@transaction.atomic
def answer(token: str, *, comes: bool) -> EventInvitation:
    """Takes the answer; it may be changed until the event begins. Who says yes when all seats are taken waits for one."""
    event = Event.objects.select_for_update().get(pk=invited_by(token).event_id)
    one = invited_by(token, lock=True)
    comes_already, one.answered_at = one.answer == EventAnswer.YES, clock.now()
    one.answer = EventAnswer.YES if comes else EventAnswer.NO
    if not comes:
        one.waiting_since = None
    elif not comes_already and seats_left(event) == 0:
        one.waiting_since = one.answered_at
    one.save(update_fields=["answer", "answered_at", "waiting_since", "updated_at"])
    fill_seats(event)
    audit.record(by=None, verb="event.answered", obj=one, label=one.client, detail={"answer": one.answer})
    return one


def seats_left(event: Event) -> int | None:
    """How many seats nobody has; None where seats are not counted."""
    if event.seats is None:
        return None
    taken = EventInvitation.objects.unscoped().filter(SEATED, event=event).count()
    return max(event.seats - taken, 0)


def fill_seats(event: Event) -> None:
    """Freed seats go to those who have waited the longest; each is told by a letter. The event is locked."""
    waiting = EventInvitation.objects.unscoped().filter(event=event, waiting_since__isnull=False)
    free = seats_left(event)
    first = waiting.select_for_update().order_by("waiting_since", "id")
    rows = list(first if free is None else first[:free])
    for one in rows:
        key = f"seat:{one.pk}:{one.waiting_since.isoformat()}"
        one.waiting_since = None
        one.save(update_fields=["waiting_since", "updated_at"])
        audit.record(by=None, verb="event.seat_given", obj=one, label=one.client)
        notify(to=event.organiser, event="event.seat", key=key, channels=(LETTER,), obj=one)


def seat_letter_of(one: EventInvitation, sender) -> Letter | None:
    """What the guest is told who had waited: in their language, with the link that shows the code for the door."""
    address = one.sent_to or address_of(one)
    if not address or one.event.cancelled_at or one.waiting_since or one.answer != EventAnswer.YES:
        return None
    with translation.override(language_of(one.client, one.person)):
        told = {
            "name": one.person.name if one.person else one.client.name,
            "event": one.event.title,
            "when": _moment(timezone.localtime(one.event.starts_at, clock.zone_of())),
            "place": one.event.place,
            "link": absolute(answer_path(one)),
        }
        subject = _("A seat for you: %(event)s") % told
        body = _(
            "%(name)s, a seat has become free: we look forward to seeing you.\n\n%(event)s\n%(when)s\n%(place)s\n\n"
            "Should you be unable to come, please say so here: %(link)s"
        )
    return Letter(to=address, subject=subject, body=body % told, reply_to=sender.email)


def note_seat_told(one: EventInvitation, by) -> None:
    """The invitation is in the log, and so will be their coming: this letter is not told there again."""


# -- the door -----------------------------------------------------------------------------------------------------


@transaction.atomic
def mark_attended(one: EventInvitation, *, by) -> EventInvitation:
    """Present: a contact with the client. Marking twice is one."""
    row = _locked(one)
    if row.attended_at is None:
        row.attended_at, row.attended_by = clock.now(), by
        row.contact = _log(row, by, Channel.EVENT, answered=True, note=row.event.title)
        row.save()
    return row


@transaction.atomic
def unmark_attended(one: EventInvitation, *, by, reason: str) -> EventInvitation:
    row = _locked(one)
    if row.attended_at is not None:
        if row.contact is not None and row.contact.withdrawn_at is None:
            withdraw_contact(row.contact, by=by, reason=reason)
        row.attended_at = row.attended_by = row.contact = None
        row.save()
    return row


def _locked(one: EventInvitation) -> EventInvitation:
    rows = EventInvitation.objects.unscoped().select_related(
        "event", "client__responsible", "person", "contact"
    )
    return rows.select_for_update(of=("self",)).get(pk=one.pk)


def _log(one: EventInvitation, by, channel: str, *, answered: bool, note: str):
    return log_contact(
        by=by, client=one.client, at=clock.now(), channel=channel, purposes=[Purpose.EVENT],
        initiator=Initiator.FIRM, answered=answered, people=[one.person] if one.person else [], note=note,
    )  # fmt: skip


# -- afterwards ---------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_follow_ups(event: Event, invitations: Iterable[EventInvitation], *, by, title: str) -> int:
    """A follow-up of each guest's lawyer, three days on; once a guest. Returns how many."""
    rows = [
        one for one in invitations.select_for_update(of=("self",)).for_lists() if one.follow_up_id is None
    ]
    plans, calendar = [], current_calendar()
    for one in rows:
        owner = one.client.responsible
        due = calendar.next_working_day(clock.today(owner) + timedelta(days=FOLLOW_UP_DAYS))
        plans.append(
            FollowUpPlan(
                client=one.client, person=one.person, owner=owner, title=title,
                due_at=morning_of(due, clock.zone_of(owner)), origin=FollowUpOrigin.HAND,
            )
        )  # fmt: skip
    for one, follow_up in zip(rows, make_follow_ups(plans, by=by), strict=True):
        one.follow_up = follow_up
    EventInvitation.objects.bulk_update(rows, ["follow_up"], batch_size=1_000)
    return len(rows)
