"""Which tags, and at which clients."""

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
