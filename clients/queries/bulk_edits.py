"""Whose bulk work, and how far it came."""

from django.db.models import Count

from clients.queries.clients import in_scope
from lawcrm.firm.models.base import ScopedQuerySet


class BulkEditQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own."""
        return self.filter(made_by=user)


class BulkChangeQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """What one's own bulk work did to clients one may still see."""
        return self.filter(in_scope(user, "client__"), edit__made_by=user).outside_walls(user)

    def counted(self) -> dict[str, int]:
        """{state: how many}"""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


def counts_of(edit) -> dict[str, int]:
    """How many clients met what: {state: how many}."""
    return edit.changes.counted()
