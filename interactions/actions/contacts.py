"""Every write to the contact log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from clients.actions.relationship import assess_clients
from interactions.actions.attachments import Paper, rows_of
from interactions.actions.drafts import draft_of
from interactions.actions.follow_ups import (
    FollowUpPlan,
    cancel_follow_up,
    deeds_of_making,
    finish_if_open,
    finish_raised,
    insert_follow_ups,
    plan_of_next,
    reopen_done_by,
)
from interactions.actions.promises import (
    PromiseMade,
    keep_to_promises,
    plan_for_promise,
    promise_row,
    promises_after,
)
from interactions.enums import (
    Channel,
    Confidentiality,
    FollowUpOrigin,
    Initiator,
    Mood,
    Priority,
    Purpose,
    Trigger,
)
from interactions.models import Attachment, Contact, ContactDraft, ContactRevision, FollowUp, Promise
from interactions.queries.contacts import contacts_of_act
from interactions.rules.due import complaint_due
from interactions.rules.permissions import check_may_change_contact, check_may_reveal_note
from interactions.rules.purposes import is_complaint
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.looks import record_look
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.sealed import MASK


@dataclass(frozen=True, kw_only=True)
class NextFollowUp:
    """When to get in touch again, and who; without an owner whoever held the contact."""

    due_at: datetime
    title: str = ""
    owner: Any = None
    purpose: str = ""
    priority: int = Priority.NORMAL


def log_contact(
    *,
    by,
    client,
    at,
    channel,
    purposes,
    initiator=Initiator.FIRM,
    answered=True,
    people=(),
    matter=None,
    minutes=None,
    note="",
    promises: Iterable[PromiseMade] = (),
    mood="",
    references="",
    confidentiality=Confidentiality.ORDINARY,
    with_lawyer=None,
    next_follow_up: NextFollowUp | None = None,
    does_follow_up: FollowUp | None = None,
    colleagues=(),
    papers: Iterable[Paper] = (),
) -> Contact:
    """Writes down a contact, and everything that comes of it: follow-ups, promises, a new assessment.

    `with_lawyer`: who of us held it, where `by` logs on behalf of somebody; `colleagues`: who else of us was there.
    Raises ValueError for values the log does not know, a contact in the future, or another client's matter;
    NotAccepted for a file that is not taken.
    """
    entry = _Entry(
        contact=_made(
            by=by, client=client, matter=matter, at=at, minutes=minutes, channel=channel, initiator=initiator,
            answered=answered, purposes=purposes, mood=mood, references=references, confidentiality=confidentiality,
            with_lawyer=with_lawyer, colleagues=colleagues, note=note,
        ),
        people=people,
        promises=promises,
        next_follow_up=next_follow_up,
        does_follow_up=does_follow_up,
        papers=papers,
    )  # fmt: skip
    return _write([entry], by)[0]


def log_with_several(
    *, by, clients: Iterable, act, next_of, promises=(), papers=(), **fields
) -> list[Contact]:
    """The same contact with each of the clients, in as many statements as one takes; `next_of(client)`: when again."""
    papers, promises = list(papers), list(promises)
    entries = [
        _Entry(
            contact=_made(by=by, client=client, act=act, **fields),
            promises=promises,
            next_follow_up=next_of(client),
            papers=papers,
        )
        for client in clients
    ]
    return _write(entries, by)


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """A contact about to be written, and what comes with it."""

    contact: Contact
    people: Iterable = ()
    promises: Iterable[PromiseMade] = ()
    next_follow_up: NextFollowUp | None = None
    does_follow_up: FollowUp | None = None
    papers: Iterable[Paper] = ()

    def __post_init__(self):
        follow_up = self.does_follow_up
        if follow_up is not None and follow_up.client_id != self.contact.client_id:
            raise ValueError("the follow-up belongs to another client")


def _made(
    *,
    by,
    channel,
    purposes,
    initiator=Initiator.FIRM,
    mood="",
    confidentiality=Confidentiality.ORDINARY,
    with_lawyer=None,
    colleagues=(),
    note="",
    **fields,
) -> Contact:
    contact = Contact(
        channel=Channel(channel),
        initiator=Initiator(initiator),
        purposes=_in_order(purposes),
        mood=Mood(mood) if mood else "",
        confidentiality=Confidentiality(confidentiality),
        with_lawyer=with_lawyer or by,
        logged_by=by,
        colleague_ids=_others(colleagues, with_lawyer or by),
        **fields,
    )
    _keep_note(contact, note)
    _check(contact)
    return contact


def _others(colleagues, held_by) -> list:
    """Keys of who else was there, each once, in the order given."""
    return [pk for pk in dict.fromkeys(one.pk for one in colleagues) if pk != held_by.pk]


@transaction.atomic(savepoint=False)  # nothing in here is caught by a caller; the statements are counted
def _write(entries: list[_Entry], by) -> list[Contact]:
    """However many contacts, the same statements; their files apart."""
    contacts = Contact.objects.bulk_create([entry.contact for entry in entries])
    _name_people(entries)
    for entry in entries:  # files one contact at a time: many at once would be much in memory
        if entry.papers:
            Attachment.objects.bulk_create(rows_of(entry.contact, entry.papers, by=by))
    plans, deeds = [], [_logged(contact, by) for contact in contacts]
    for entry, promised in zip(entries, _keep_promises(entries), strict=True):
        does = entry.does_follow_up
        plans += _plans_of(entry.contact, promised, entry.next_follow_up)
        plans += _plan_for_complaint(entry.contact, does)
        plans += plan_of_next(does) if does is not None else []
    deeds += deeds_of_making(insert_follow_ups(plans, by=by)) if plans else []
    for entry in entries:
        if entry.does_follow_up is not None:
            deeds += finish_if_open(entry.does_follow_up, by=by, contact=entry.contact)
    deeds += finish_raised(contacts, by=by, but=[one.does_follow_up for one in entries if one.does_follow_up])
    audit.record_deeds(deeds, by=by)
    assess_clients([contact.client_id for contact in contacts], by=by)
    return contacts


def _logged(contact: Contact, by) -> audit.Deed:
    return audit.Deed(
        verb="contact.logged",
        obj=contact,
        label=contact.client.name,
        changes=_as_logged(contact),
        on_behalf_of=contact.with_lawyer if contact.with_lawyer_id != by.pk else None,
    )


def _in_order(purposes) -> list[str]:
    """Known purposes, each once, in the order of the list."""
    chosen = {Purpose(purpose) for purpose in purposes}
    return [purpose.value for purpose in Purpose if purpose in chosen]


def _check(contact: Contact) -> None:
    if not contact.purposes:
        raise ValueError("a contact has a purpose")
    if contact.at > clock.now() + timedelta(minutes=5):
        raise ValueError("a contact is logged once it has been")
    if contact.matter is not None and contact.matter.client_id != contact.client_id:
        raise ValueError("the matter belongs to another client")


def _keep_note(contact: Contact, note: str) -> None:
    """A confidential note stands sealed, and only there."""
    sealed = contact.confidentiality == Confidentiality.CONFIDENTIAL
    contact.sealed_note, contact.note = (note, "") if sealed else ("", note)


def _name_people(entries: list[_Entry]) -> None:
    link = Contact.people.through
    named = [link(contact=entry.contact, person=person) for entry in entries for person in entry.people]
    if named:
        link.objects.bulk_create(named)


def _keep_promises(entries: list[_Entry]) -> list[list[Promise]]:
    kept = [[promise_row(entry.contact, made) for made in entry.promises] for entry in entries]
    rows = [row for of_one in kept for row in of_one]
    if rows:
        Promise.objects.bulk_create(rows)
    return kept


def _as_logged(contact: Contact) -> dict:
    return {
        "at": [None, contact.at.isoformat()],
        "channel": [None, contact.channel],
        "purposes": [None, contact.purposes],
        "confidentiality": [None, contact.confidentiality],
    }


# -- what comes of a contact --------------------------------------------------------------------------------


def _plans_of(
    contact: Contact, promised: list[Promise], next_follow_up: NextFollowUp | None
) -> list[FollowUpPlan]:
    plans = [plan_for_promise(contact, promise) for promise in promised if promise.by_firm]
    if next_follow_up is not None:
        plans.append(
            FollowUpPlan(
                client=contact.client,
                matter=contact.matter,
                due_at=next_follow_up.due_at,
                owner=next_follow_up.owner or contact.with_lawyer,
                title=next_follow_up.title,
                purpose=next_follow_up.purpose,
                priority=next_follow_up.priority,
                origin=FollowUpOrigin.CONTACT,
                from_contact=contact,
            )
        )
    return plans


def _plan_for_complaint(contact: Contact, does_follow_up: FollowUp | None) -> list[FollowUpPlan]:
    """A complaint is answered within 24 hours by the responsible lawyer, unless this contact is the answer."""
    if not is_complaint(contact.purposes) or _answers_complaint(does_follow_up):
        return []
    return [
        FollowUpPlan(
            client=contact.client,
            matter=contact.matter,
            due_at=complaint_due(contact.at),
            owner=contact.client.responsible,
            priority=Priority.HIGH,
            origin=FollowUpOrigin.COMPLAINT,
            purpose=Purpose.COMPLAINT,
            from_contact=contact,
            trigger=Trigger.COMPLAINT,
            cause=f"{Trigger.COMPLAINT}:{contact.pk}",
        )
    ]


def _answers_complaint(follow_up: FollowUp | None) -> bool:
    return follow_up is not None and follow_up.purpose == Purpose.COMPLAINT


# -- editing ------------------------------------------------------------------------------------------------

EDITABLE = frozenset(
    {
        "at",
        "minutes",
        "channel",
        "initiator",
        "answered",
        "purposes",
        "mood",
        "references",
        "confidentiality",
        "matter",
        "with_lawyer",
        "colleagues",
        "note",
        "people",
        "promises",
    }
)


@transaction.atomic
def edit_contact(contact: Contact, *, by, version: int, changes: dict[str, Any]) -> Contact:
    """Changes what was logged; how it stood before is kept, sealed.

    Raises StaleVersion when somebody saved it since, Refused to whom it does not belong. Making a confidential
    note ordinary takes the right to read it.
    """
    unknown = set(changes) - EDITABLE
    if unknown:
        raise ValueError(f"not to be edited: {', '.join(sorted(unknown))}")
    row = _locked(contact)
    if row.version != version:
        raise StaleVersion(row)
    check_may_change_contact(row, by)
    before = row.editable_state()
    _apply(row, changes, by)
    _check(row)
    promises = promises_after(row, changes.get("promises"))
    after = row.editable_state(changes.get("people"), promises)
    if after == before:
        return row
    ContactRevision(contact=row, version=row.version, values=json.dumps(before), replaced_by=by).save()
    row.version += 1
    row.save()
    if "people" in changes:
        row.people.set(changes["people"])
    keep_to_promises(row, promises, by=by)
    audit.record(by=by, verb="contact.edited", obj=row, label=row.client.name, changes=_told(before, after))
    assess_clients([row.client_id], by=by)
    return row


def _apply(row: Contact, changes: dict[str, Any], by) -> None:
    note = changes.get("note")
    was_sealed = row.confidentiality == Confidentiality.CONFIDENTIAL
    closeness = changes.get("confidentiality", row.confidentiality)
    if was_sealed and closeness != Confidentiality.CONFIDENTIAL:
        check_may_reveal_note(row, by)
    note = row.substance if note is None else note
    for name, value in changes.items():
        if name not in ("note", "people", "colleagues", "promises"):
            setattr(row, name, value)
    if "colleagues" in changes or "with_lawyer" in changes:
        row.colleague_ids = [pk for pk in _keys(changes, row) if pk != row.with_lawyer_id]
    row.purposes = _in_order(row.purposes)
    _keep_note(row, note)


def _keys(changes: dict[str, Any], row: Contact) -> list:
    colleagues = changes.get("colleagues")
    return row.colleague_ids if colleagues is None else list(dict.fromkeys(one.pk for one in colleagues))


def _told(before: dict, after: dict) -> dict:
    """Old and new of what changed; note and promises by name only, their earlier words are in the revision."""
    return {
        name: [MASK, MASK] if name in ("note", "promises") else [before[name], after[name]]
        for name in before
        if before[name] != after[name]
    }


# -- withdrawing --------------------------------------------------------------------------------------------


@transaction.atomic
def withdraw_contact(contact: Contact, *, by, reason: str, cancel_follow_ups: bool = False) -> Contact:
    """Takes a contact out of the count, for a reason; nothing is deleted.

    What it had done is open again. The follow-ups that came of it stay, unless they are to go with it.
    """
    reason = reason.strip()
    if not reason:
        raise ValueError("a contact is withdrawn for a reason")
    row = _locked(contact)
    check_may_change_contact(row, by)
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = clock.now(), by, reason[:300]
    row.version += 1
    row.save()
    audit.record(
        by=by,
        verb="contact.withdrawn",
        obj=row,
        label=row.client.name,
        detail={"reason": row.withdrawn_reason},
    )
    reopen_done_by(row, by=by)
    if cancel_follow_ups:
        for follow_up in FollowUp.objects.unscoped().filter(from_contact=row).unfinished():
            cancel_follow_up(follow_up, by=by, reason=reason)
    assess_clients([row.client_id], by=by)
    return row


# -- taken back at once ---------------------------------------------------------------------------------------

TO_UNDO_WITHIN = timedelta(seconds=60)  # ten are offered; a slow line gets the rest


class TooLate(Exception):
    """Not just logged any more: it is withdrawn for a reason instead."""


@transaction.atomic
def undo_contact(contact: Contact, *, by) -> ContactDraft:
    """Takes back what `by` has just logged, with all that came of it, and gives the words back as a draft.

    What was logged with several clients at once goes at once. Raises TooLate.
    """
    rows = [contact] if contact.act is None else contacts_of_act(contact.act)
    if any(row.logged_by_id != by.pk or not _is_fresh(row) for row in rows):
        raise TooLate
    for row in rows:
        withdraw_contact(row, by=by, reason=UNDONE, cancel_follow_ups=True)
    return draft_of(contact, by=by)


UNDONE = "↩"  # the sign of a contact taken back at once: nobody had to say why


def _is_fresh(contact: Contact) -> bool:
    return contact.withdrawn_at is None and clock.now() - contact.created_at <= TO_UNDO_WITHIN


@transaction.atomic
def reveal_note(contact: Contact, *, by) -> str:
    """A confidential note in plain words; that it was read is written down. Raises Refused, TooManyLooks."""
    check_may_reveal_note(contact, by)
    record_look(by=by, verb="contact.note_revealed", obj=contact, label=contact.client.name)
    return contact.substance


def _locked(contact: Contact) -> Contact:
    return (
        Contact.objects.unscoped()
        .select_related("client", "matter")
        .select_for_update(of=("self",))
        .get(pk=contact.pk)
    )
