"""Telling a client how their matter stands: progress on the matter, and a contact in the log."""

from __future__ import annotations

from django.db import transaction

from interactions.actions.contacts import log_contact
from interactions.enums import Initiator, Purpose
from lawcrm.firm import clock
from matters.actions.matters import record_progress
from matters.enums import Audience


@transaction.atomic
def tell_progress(matter, *, by, text, channel, at=None, people=()):
    """Records the progress and logs the contact that told it; the two point at each other."""
    at = at or clock.now()
    contact = log_contact(
        by=by,
        client=matter.client,
        matter=matter,
        at=at,
        channel=channel,
        purposes=[Purpose.PROGRESS_REPORT],
        initiator=Initiator.FIRM,
        people=people,
        note=text,
    )
    return record_progress(
        matter, by=by, text=text, on=clock.local(at, by).date(), audience=Audience.TOLD, contact_id=contact.pk
    )
