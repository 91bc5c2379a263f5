"""Whose lists, and whose last looks."""

from django.db.models import Q

from clients.queries.clients import in_scope
from lawcrm.firm.models.base import ScopedQuerySet


class SavedViewQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, those of one's department, and those of the firm."""
        shared = Q(audience="firm")
        if user.department_id:
            shared |= Q(audience="team", department=user.department_id)
        return self.filter(Q(owner=user) | shared)


class RecentViewQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own looks, at clients one may still see."""
        return self.filter(in_scope(user, "client__"), user=user).outside_walls(user)
