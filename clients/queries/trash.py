"""The trash: clients put away, seen by nobody until somebody takes them out again.

To everything that reads through the door they are as behind a wall that shuts out all: their matters, contacts and
surveys vanish with them and come back with them, untouched.
"""

from clients.models import Client
from lawcrm.firm.models.wall import Wall, close_to_all


def trashed_ids():
    return Client.objects.filter(trashed_at__isnull=False).values("pk")


def trashed_in_scope(user):
    """The trashed clients that the person would see otherwise: scope and walls hold in the trash too."""
    shut = Wall.objects.closed_to(user, Wall.Kind.CLIENT)
    return Client.objects.filter(trashed_at__isnull=False).in_scope_of(user).exclude(pk__in=shut)


close_to_all(Wall.Kind.CLIENT, trashed_ids)
