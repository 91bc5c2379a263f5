"""Promises: written down with a contact, changed when it is edited, kept or given up.

A promise of ours has a follow-up of its owner. It follows the promise as long as it is open; what is finished stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from interactions.actions.follow_ups import (
    FollowUpPlan,
    apply_changes,
    deeds_of_making,
    end_for_a_reason,
    insert_follow_ups,
)
from interactions.enums import PROMISE_TAKEN_BACK, Confidentiality, FollowUpOrigin, Priority
from interactions.models import Contact, FollowUp, Promise
from interactions.rules.due import morning_of
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.working_calendar import current_calendar

DAYS_FOR_AN_UNDATED_PROMISE = 7


@dataclass(frozen=True, kw_only=True)
class PromiseMade:
    """Something promised in a contact; ours becomes a follow-up of its owner. `pk`: one there is, as it shall be."""

    text: str
    by_firm: bool = True
    owner: Any = None
    due_on: date | None = None
    pk: UUID | None = None


def promise_row(contact: Contact, made: PromiseMade) -> Promise:
    """The row, not yet stored; ours without an owner belongs to whoever held the contact."""
    return Promise(
        contact=contact,
        text=made.text.strip()[:300],
        by_firm=made.by_firm,
        owner=(made.owner or contact.with_lawyer) if made.by_firm else None,
        due_on=made.due_on,
    )


def plan_for_promise(contact: Contact, promise: Promise) -> FollowUpPlan:
    """What we promised, as its owner's duty."""
    return FollowUpPlan(
        client=contact.client,
        matter=contact.matter,
        due_at=_due_at(contact, promise),
        owner=promise.owner,
        title=_title(contact, promise),
        priority=Priority.HIGH,
        origin=FollowUpOrigin.PROMISE,
        from_contact=contact,
        promise=promise,
    )


def _due_at(contact: Contact, promise: Promise):
    zone = clock.zone_of(promise.owner)
    day = promise.due_on or clock.local(contact.at, promise.owner).date() + timedelta(
        days=DAYS_FOR_AN_UNDATED_PROMISE
    )
    return morning_of(day if promise.due_on else current_calendar().next_working_day(day), zone)


def _title(contact: Contact, promise: Promise) -> str:
    """Of a closer contact the words stay in the contact."""
    return promise.text[:200] if contact.confidentiality == Confidentiality.ORDINARY else ""


# -- changed with their contact -------------------------------------------------------------------------------


@dataclass
class Promises:
    """What a contact's promises are to be: as they stay, what is new, and what is taken back."""

    kept: list[Promise]
    new: list[Promise]
    gone: list[Promise]

    def state(self) -> list[dict]:
        """As a revision keeps it."""
        return [promise.state() for promise in (*self.kept, *self.new)]


def promises_after(contact: Contact, wanted: Iterable[PromiseMade] | None) -> Promises:
    """The promises as wanted, nothing stored yet; None leaves them. Whatever is finished stays whatever is wanted."""
    there = list(contact.promises.select_related("owner", "follow_up").order_by("created_at", "pk"))
    if wanted is None:
        return Promises(there, [], [])
    wanted = [made for made in wanted if made.text.strip()]
    named = {made.pk: made for made in wanted if made.pk}
    for promise in there:
        if promise.pk in named and not promise.is_finished:
            _write_over(promise, promise_row(contact, named[promise.pk]))
    kept = [promise for promise in there if promise.is_finished or promise.pk in named]
    new = [promise_row(contact, made) for made in wanted if made.pk is None]
    return Promises(kept, new, [promise for promise in there if promise not in kept])


_WORDS = ("text", "by_firm", "owner", "due_on")


def _write_over(promise: Promise, other: Promise) -> None:
    for name in _WORDS:
        setattr(promise, name, getattr(other, name))


def keep_to_promises(contact: Contact, promises: Promises, *, by) -> None:
    """Stores the promises, and brings the follow-ups of ours in step with them and with their contact."""
    held = _held([*promises.kept, *promises.gone])
    before = Promise.objects.select_related("owner").in_bulk([one.pk for one in promises.kept])
    plans = []
    for promise in promises.kept:
        if promise.is_finished:
            continue
        old, follow_up = before[promise.pk], held.get(promise.pk)
        if any(getattr(old, name) != getattr(promise, name) for name in _WORDS):
            promise.save()
        if promise.by_firm and follow_up is None:
            plans.append(plan_for_promise(contact, promise))
        elif promise.by_firm:
            apply_changes(follow_up, by=by, changes=_changes(contact, old, promise, follow_up))
        elif follow_up is not None:
            follow_up.promise = None  # it may become ours again
            end_for_a_reason(follow_up, by=by, reason=PROMISE_TAKEN_BACK)
    for promise in promises.gone:
        if promise.pk in held:
            end_for_a_reason(held[promise.pk], by=by, reason=PROMISE_TAKEN_BACK)
        promise.delete()
    Promise.objects.bulk_create(promises.new)
    plans += [plan_for_promise(contact, promise) for promise in promises.new if promise.by_firm]
    if plans:
        audit.record_deeds(deeds_of_making(insert_follow_ups(plans, by=by)), by=by)


def _held(promises: list[Promise]) -> dict[UUID, FollowUp]:
    """The open follow-ups of promises, locked."""
    rows = FollowUp.objects.unscoped().filter(promise__in=promises).unfinished()
    rows = rows.select_related("client", "owner").select_for_update(of=("self",)) if promises else []
    return {row.promise_id: row for row in rows}


def _changes(contact: Contact, old: Promise, promise: Promise, follow_up: FollowUp) -> dict:
    """What of a follow-up goes with its promise; what somebody set otherwise by hand stays."""
    changes = {"title": _title(contact, promise), "matter": contact.matter}
    if follow_up.title not in ("", old.text[:200]):
        del changes["title"]
    if promise.owner != old.owner:
        changes["owner"] = promise.owner
    if (promise.due_on, promise.owner) != (old.due_on, old.owner):
        changes["due_at"] = _due_at(contact, promise)
    return changes


# -- what the client promised ---------------------------------------------------------------------------------


class SettledAlready(Exception):
    """Somebody was quicker."""


@transaction.atomic
def settle_promise(promise: Promise, *, by, kept: bool) -> Promise:
    """Kept, or given up. Raises ValueError for a promise of ours: its follow-up settles it; SettledAlready."""
    if promise.by_firm:
        raise ValueError("a promise of ours is settled by its follow-up")
    row = Promise.objects.unscoped().select_related("contact__client").select_for_update(of=("self",)).get(
        pk=promise.pk
    )  # fmt: skip
    if row.settled_at is not None:
        raise SettledAlready
    row.settled_at, row.settled_by, row.dropped = clock.now(), by, not kept
    row.save(update_fields=["settled_at", "settled_by", "dropped", "updated_at"])
    verb = "promise.kept" if kept else "promise.dropped"
    audit.record(by=by, verb=verb, obj=row, label=row.contact.client.name)
    return row
