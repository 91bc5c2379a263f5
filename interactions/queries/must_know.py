"""What must be known of a client: words for all who see it; a pinned contact for those who may read that."""

from django.apps import apps
from django.db.models import Q

from clients.queries.clients import within
from lawcrm.firm.models.base import ScopedQuerySet


class MustKnowQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        contacts = apps.get_model("interactions", "Contact").objects.visible_to(user)
        return self._read(within(self, clients).outside_walls(user), contacts)

    def of_client(self, client, user):
        """The same for one client that came through the door."""
        contacts = apps.get_model("interactions", "Contact").objects.of_client(client, user)
        return self._read(self.filter(client=client).outside_walls(user), contacts)

    @staticmethod
    def _read(rows, contacts):
        readable = contacts.standing().order_by().values("pk")
        return rows.filter(Q(contact__isnull=True) | Q(contact_id__in=readable))
