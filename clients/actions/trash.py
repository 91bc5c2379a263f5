"""Putting clients away for a while, taking them out again, and emptying the trash.

Nothing of a client is touched while it lies in the trash: its matters, contacts, surveys and team stand as they stood.
After thirty days the trash lets go of those that hold no record of work; a client with matters or logged contacts stays
until the retention rules decide, and the trash says so.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, ProtectedError, RestrictedError

from clients.models import Client
from clients.queries.trash import trashed_in_scope
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.reading import forget_reading

KEPT = timedelta(days=30)
PART = 200  # clients looked at in one part of the nightly run


@transaction.atomic
def trash_clients(clients: Sequence[Client], *, by) -> int:
    """Puts clients that came through the door into the trash."""
    keys = [client.pk for client in clients]
    now = clock.now()
    put = (
        Client.objects.unscoped()
        .filter(pk__in=keys, trashed_at__isnull=True)
        .update(trashed_at=now, trashed_by=by, version=F("version") + 1, updated_at=now)
    )
    audit.record_many(by=by, verb="client.trashed", deeds=[(client, {}) for client in clients])
    forget_reading()
    return put


@transaction.atomic
def restore_clients(keys: Sequence[UUID], *, by) -> list[Client]:
    """Takes those of these clients out of the trash that the person sees there."""
    found = trashed_in_scope(by).filter(pk__in=keys).order_by("pk")
    clients = list(found.select_for_update(of=("self",), no_key=True).defer("search", "note"))
    Client.objects.unscoped().filter(pk__in=[client.pk for client in clients]).update(
        trashed_at=None, trashed_by=None, version=F("version") + 1, updated_at=clock.now()
    )
    audit.record_many(by=by, verb="client.taken_out", deeds=[(client, {}) for client in clients])
    forget_reading()
    return clients


def empty_trash(cursor: dict) -> bool:
    """One part of the night's run: lets go of what has lain for thirty days. True when more is left."""
    due = Client.objects.unscoped().filter(trashed_at__lt=clock.now() - KEPT).order_by("pk")
    if after := cursor.get("after"):
        due = due.filter(pk__gt=after)
    part = list(due.select_for_update(of=("self",))[:PART])
    for client in part:
        purge(client)
        cursor["after"] = str(client.pk)
    return len(part) == PART


def purge(client: Client) -> bool:
    """Removes a client for good, unless work is recorded on it."""
    try:
        with transaction.atomic():
            audit.record(by=None, verb="client.purged", obj=client)
            client.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True
