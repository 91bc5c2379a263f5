"""Which follow-ups: one's own, and those of the clients one sees."""

from django.apps import apps

from interactions.enums import FollowUpState
from lawcrm.firm.models.base import ScopedQuerySet


class FollowUpQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return self.filter(client_id__in=clients.values("pk")).outside_walls(user)

    def unfinished(self):
        return self.filter(state__in=[FollowUpState.OPEN, FollowUpState.SNOOZED])
