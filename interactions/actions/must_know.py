"""Pinning what everybody must know before they speak with a client, and taking it down."""

from __future__ import annotations

from django.db import transaction

from interactions.models import Contact, MustKnow
from lawcrm.firm.actions import audit

MOST = 8  # more than that is read by nobody


class TooMany(Exception):
    """So much stands there already that a further one would only hide the others."""


@transaction.atomic
def write_must_know(client, *, by, text: str) -> MustKnow:
    """Words of one's own. Raises ValueError where there are none, TooMany."""
    text = " ".join(text.split())
    if not text:
        raise ValueError("say what must be known")
    return _pin(client, by, text=text[:300])


@transaction.atomic
def pin_contact(contact: Contact, *, by) -> MustKnow:
    """A contact out of the timeline; the one that is there where it is pinned already. Raises TooMany."""
    there = MustKnow.objects.filter(contact=contact).first()
    return there or _pin(contact.client, by, contact=contact)


def _pin(client, by, **what) -> MustKnow:
    if MustKnow.objects.filter(client=client).count() >= MOST:
        raise TooMany
    row = MustKnow(client=client, pinned_by=by, **what)
    row.save(force_insert=True)
    audit.record(by=by, verb="client.must_know_pinned", obj=row, label=client.name)
    return row


@transaction.atomic
def take_down(row: MustKnow, *, by) -> None:
    audit.record(by=by, verb="client.must_know_taken_down", obj=row, label=row.client.name)
    row.delete()
