"""What is known of clients and people besides their main values."""

from django.apps import apps

from clients.queries.clients import in_scope
from lawcrm.firm.models.base import ScopedQuerySet


class ClientFactQuerySet(ScopedQuerySet):
    """Rows of one client each: seen with it."""

    def visible_to(self, user):
        return self.filter(in_scope(user, "client__")).outside_walls(user)

    def holding(self):
        return self.filter(until__isnull=True)


class PersonFactQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        people = apps.get_model("clients", "Person").objects.visible_to(user)
        return self.filter(person__in=people.order_by().values("pk"))

    def holding(self):
        return self.filter(until__isnull=True)
