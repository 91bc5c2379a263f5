"""Clients and people that nobody sees: those in the trash, and those made one with another, whose addresses lead there.

To everything that reads through the door a merged client is as behind a wall that shuts out all.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from clients.models import Client
from lawcrm.firm.models.wall import Wall, close_to_all

LONGEST_CHAIN = 20


def gone_ids():
    return Client.objects.filter(Q(trashed_at__isnull=False) | Q(merged_into__isnull=False)).values("pk")


def kept_instead(model, pk: UUID) -> UUID | None:
    """The client or person that this one was merged into, and that one in turn; None where it was merged into none."""
    last = None
    for _step in range(LONGEST_CHAIN):
        into = model.objects.unscoped().filter(pk=last or pk).values_list("merged_into_id", flat=True).first()
        if into is None:
            return last
        last = into
    return last


def with_merged(model, keys: Iterable[UUID]) -> list[UUID]:
    """These clients or people and all that were merged into them, however long ago."""
    found = newer = list(keys)
    while newer:
        rows = model.objects.unscoped().filter(merged_into_id__in=newer)
        newer = list(rows.order_by().values_list("pk", flat=True))
        found = [*found, *newer]
    return found


close_to_all(Wall.Kind.CLIENT, gone_ids)
