"""Clients that nobody sees: those in the trash, and those made one with another, whose addresses lead to it.

To everything that reads through the door they are as behind a wall that shuts out all.
"""

from uuid import UUID

from django.db.models import Q

from clients.models import Client
from lawcrm.firm.models.wall import Wall, close_to_all

LONGEST_CHAIN = 20


def gone_ids():
    return Client.objects.filter(Q(trashed_at__isnull=False) | Q(merged_into__isnull=False)).values("pk")


def kept_instead(pk: UUID) -> UUID | None:
    """The client that this one was merged into, and that one in turn; None where it was merged into none."""
    last = None
    for _step in range(LONGEST_CHAIN):
        into = Client.objects.filter(pk=last or pk).values_list("merged_into_id", flat=True).first()
        if into is None:
            return last
        last = into
    return last


close_to_all(Wall.Kind.CLIENT, gone_ids)
