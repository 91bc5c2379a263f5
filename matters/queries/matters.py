"""Which matters, seen through their clients and past their own walls."""

from django.apps import apps

from lawcrm.firm.models.base import ScopedQuerySet
from matters.enums import MatterState


class MatterQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return self.filter(client_id__in=clients.values("pk")).outside_walls(user)

    def open(self):
        return self.filter(state=MatterState.OPEN)


class ProgressQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        matters = apps.get_model("matters", "Matter").objects.visible_to(user)
        return self.filter(matter_id__in=matters.values("pk"))
