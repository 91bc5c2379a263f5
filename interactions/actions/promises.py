"""What the client promised: it came, or it will not."""

from __future__ import annotations

from django.db import transaction

from interactions.models import Promise
from lawcrm.firm import clock
from lawcrm.firm.actions import audit


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
