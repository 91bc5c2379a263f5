"""Keeping what somebody is about to log, so that nothing typed is ever lost."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from django.db import transaction

from interactions.models import Contact, ContactDraft

MOST = 20  # of one person for one client; the oldest gives way


@transaction.atomic
def keep_draft(
    *,
    by,
    client,
    fields: dict[str, list[str]],
    pk: UUID | None,
    version: int,
    call_started_at: datetime | None,
) -> ContactDraft:
    """Writes over the draft this form began, or begins one.

    A draft that another tab has taken further is left to it: this form's words begin a draft of their own.
    """
    row = _begun(by, client, pk, version) or ContactDraft(owner=by, client=client, version=0)
    row.fields = json.dumps(fields, ensure_ascii=False)
    row.call_started_at = call_started_at
    row.version += 1
    is_new = row._state.adding
    row.save()
    if is_new:
        _make_room(by, client)
    return row


def _begun(by, client, pk: UUID | None, version: int) -> ContactDraft | None:
    if pk is None:
        return None
    mine = ContactDraft.objects.unscoped().filter(pk=pk, owner=by, client=client, version=version)
    return mine.select_for_update().first()


def _make_room(by, client) -> None:
    kept = ContactDraft.objects.of_client(client, by).values_list("pk", flat=True)[:MOST]
    ContactDraft.objects.unscoped().filter(owner=by, client=client).exclude(pk__in=list(kept)).delete()


def drop_draft(pk: UUID, *, by) -> None:
    """Logged, or thrown away; gone already is no mistake."""
    ContactDraft.objects.unscoped().filter(pk=pk, owner=by).delete()


def draft_of(contact: Contact, *, by) -> ContactDraft:
    """The fields of a contact that was taken back, to be mended and logged again."""
    promises = list(contact.promises.all())
    fields = {
        "note": [contact.substance],
        "channel": [contact.channel],
        "purposes": list(contact.purposes),
        "initiator": [contact.initiator],
        "answered": ["on"] if contact.answered else [],
        "minutes": [str(contact.minutes)] if contact.minutes else [],
        "people": [str(person.pk) for person in contact.people.all()],
        "matter": [str(contact.matter_id)] if contact.matter_id else [],
        "with_lawyer": [str(contact.with_lawyer_id)],
        "colleagues": [str(pk) for pk in contact.colleague_ids],
        "mood": [contact.mood],
        "references": [contact.references],
        "confidentiality": [contact.confidentiality],
        "promise_text": [promise.text for promise in promises],
        "promise_who": [_who(promise) for promise in promises],
        "promise_on": [promise.due_on.isoformat() if promise.due_on else "" for promise in promises],
    }
    return keep_draft(by=by, client=contact.client, fields=fields, pk=None, version=0, call_started_at=None)


def _who(promise) -> str:
    if not promise.by_firm:
        return "client"
    return str(promise.owner_id) if promise.owner_id else ""
