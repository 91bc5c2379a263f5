"""The trash: clients put away, seen by nobody until somebody takes them out again.

To everything that reads through the door they are as behind a wall that shuts out all (clients/queries/merged.py): their matters, contacts and
surveys vanish with them and come back with them, untouched.
"""

from django.db.models import PROTECT

from clients.models import Client
from lawcrm.firm.models.wall import Wall


def trashed_in_scope(user):
    """The trashed clients that the person would see otherwise: scope and walls hold in the trash too."""
    shut = Wall.objects.closed_to(user, Wall.Kind.CLIENT)
    return Client.objects.unmerged().filter(trashed_at__isnull=False).in_scope_of(user).exclude(pk__in=shut)


def holding_records(keys: list) -> set:
    """Those of these clients on which work is recorded that keeps them from being removed for good."""
    if not keys:
        return set()
    held: set = set()
    for relation in Client._meta.related_objects:
        if relation.on_delete is PROTECT:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            held |= set(rows.order_by().values_list(relation.field.attname, flat=True).distinct())
    return held
