"""Every write to the contact log."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
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
from interactions.rules.due import complaint_due, morning_of
from interactions.rules.permissions import check_may_change_contact, check_may_reveal_note
from interactions.rules.purposes import is_complaint
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.looks import record_look
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.sealed import MASK
from lawcrm.firm.working_calendar import current_calendar

DAYS_FOR_AN_UNDATED_PROMISE = 7


@dataclass(frozen=True, kw_only=True)
class PromiseMade:
    """Something promised in a contact; ours becomes a follow-up of its owner."""

    text: str
    by_firm: bool = True
    owner: Any = None
    due_on: date | None = None


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
    act=None,
    judged=True,
) -> Contact:
    """Writes down a contact, and everything that comes of it: follow-ups, promises, a new assessment.

    `with_lawyer`: who of us held it, where `by` logs on behalf of somebody; `colleagues`: who else of us was there.
    Raises ValueError for values the log does not know, a contact in the future, or another client's matter;
    NotAccepted for a file that is not taken. `judged=False`: the caller assesses the client, with others.
    """
    contact = Contact(
        client=client,
        matter=matter,
        at=at,
        minutes=minutes,
        channel=Channel(channel),
        initiator=Initiator(initiator),
        answered=answered,
        purposes=_in_order(purposes),
        mood=Mood(mood) if mood else "",
        references=references,
        confidentiality=Confidentiality(confidentiality),
        with_lawyer=with_lawyer or by,
        logged_by=by,
        colleague_ids=_others(colleagues, with_lawyer or by),
        act=act,
    )
    _keep_note(contact, note)
    _check(contact)
    if does_follow_up is not None and does_follow_up.client_id != client.pk:
        raise ValueError("the follow-up belongs to another client")
    return _write(contact, by, people, promises, next_follow_up, does_follow_up, papers, judged)


def _others(colleagues, held_by) -> list:
    """Keys of who else was there, each once, in the order given."""
    return [pk for pk in dict.fromkeys(one.pk for one in colleagues) if pk != held_by.pk]


@transaction.atomic(savepoint=False)  # nothing in here is caught by a caller; the statements are counted
def _write(contact: Contact, by, people, promises, next_follow_up, does_follow_up, papers, judged) -> Contact:
    contact.save(force_insert=True)
    _name_people(contact, people)
    if papers:
        Attachment.objects.bulk_create(rows_of(contact, papers, by=by))
    promised = _keep_promises(contact, promises)
    logged = audit.Deed(
        verb="contact.logged",
        obj=contact,
        label=contact.client.name,
        changes=_as_logged(contact),
        on_behalf_of=contact.with_lawyer if contact.with_lawyer_id != by.pk else None,
    )
    plans = [*_plans_of(contact, promised, next_follow_up), *_plan_for_complaint(contact, does_follow_up)]
    plans += plan_of_next(does_follow_up) if does_follow_up is not None else []
    made = insert_follow_ups(plans, by=by) if plans else []
    done = finish_if_open(does_follow_up, by=by, contact=contact) if does_follow_up is not None else []
    done += finish_raised(contact, by=by, but=does_follow_up)
    audit.record_deeds([logged, *deeds_of_making(made), *done], by=by)
    if judged:
        assess_clients([contact.client_id], by=by)
    return contact


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


def _name_people(contact: Contact, people) -> None:
    link = Contact.people.through
    if people:
        link.objects.bulk_create([link(contact=contact, person=person) for person in people])


def _keep_promises(contact: Contact, promises: Iterable[PromiseMade]) -> list[Promise]:
    rows = [
        Promise(
            contact=contact,
            text=made.text.strip()[:300],
            by_firm=made.by_firm,
            owner=(made.owner or contact.with_lawyer) if made.by_firm else None,
            due_on=made.due_on,
        )
        for made in promises
    ]
    return Promise.objects.bulk_create(rows) if rows else []


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
    plans = [_plan_for_promise(contact, promise) for promise in promised if promise.by_firm]
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


def _plan_for_promise(contact: Contact, promise: Promise) -> FollowUpPlan:
    """What we promised, as its owner's duty. Of a closer contact the words stay in the contact."""
    zone = clock.zone_of(promise.owner)
    day = promise.due_on or clock.local(contact.at, promise.owner).date() + timedelta(
        days=DAYS_FOR_AN_UNDATED_PROMISE
    )
    open_to_all = contact.confidentiality == Confidentiality.ORDINARY
    return FollowUpPlan(
        client=contact.client,
        matter=contact.matter,
        due_at=morning_of(day if promise.due_on else current_calendar().next_working_day(day), zone),
        owner=promise.owner,
        title=promise.text if open_to_all else "",
        priority=Priority.HIGH,
        origin=FollowUpOrigin.PROMISE,
        from_contact=contact,
        promise=promise,
    )


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
    after = row.editable_state(changes.get("people"))
    if after == before:
        return row
    ContactRevision(contact=row, version=row.version, values=json.dumps(before), replaced_by=by).save()
    row.version += 1
    row.save()
    if "people" in changes:
        row.people.set(changes["people"])
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
        if name not in ("note", "people", "colleagues"):
            setattr(row, name, value)
    if "colleagues" in changes or "with_lawyer" in changes:
        row.colleague_ids = [pk for pk in _keys(changes, row) if pk != row.with_lawyer_id]
    row.purposes = _in_order(row.purposes)
    _keep_note(row, note)


def _keys(changes: dict[str, Any], row: Contact) -> list:
    colleagues = changes.get("colleagues")
    return row.colleague_ids if colleagues is None else list(dict.fromkeys(one.pk for one in colleagues))


def _told(before: dict, after: dict) -> dict:
    """Old and new of what changed; the note by name only, its earlier words are in the revision."""
    return {
        name: [MASK, MASK] if name == "note" else [before[name], after[name]]
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
