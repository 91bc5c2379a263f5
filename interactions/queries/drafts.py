"""Drafts: each is its writer's alone."""

from datetime import datetime

from django.apps import apps

from clients.queries.clients import within
from lawcrm.firm.models.base import ScopedQuerySet


class DraftQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return within(self.filter(owner=user), clients).outside_walls(user)

    def of_client(self, client, user):
        """One's own for a client that came through the door, the latest first."""
        return self.filter(client=client, owner=user).order_by("-updated_at")


def old_drafts(before: datetime):
    """What nobody has touched since."""
    return apps.get_model("interactions", "ContactDraft").objects.filter(updated_at__lt=before)
