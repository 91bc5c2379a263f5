"""Which tags, and at which clients."""

import json
from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Count

from clients.queries.clients import in_scope
from lawcrm.firm.models.base import ScopedQuerySet


class TagQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Tags belong to the firm: whoever works here reads them all. They say nothing of any client."""
        return self if user.is_active else self.none()


class ClientTagQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(in_scope(user, "client__")).outside_walls(user)

    def counted(self) -> dict:
        """{tag id: how many clients carry it}"""
        return dict(self.order_by().values_list("tag").annotate(Count("pk")))


def tags_in_use(tags: Iterable[UUID]) -> set[UUID]:
    """Those that any client carries or any saved list asks for."""
    wanted = set(tags)
    placed = apps.get_model("clients", "ClientTag").objects.unscoped().filter(tag__in=wanted)
    views = apps.get_model("clients", "SavedView").objects.unscoped().values_list("state", flat=True)
    written = "\n".join(map(json.dumps, views)) if wanted else ""
    return set(placed.values_list("tag_id", flat=True)) | {tag for tag in wanted if str(tag) in written}
