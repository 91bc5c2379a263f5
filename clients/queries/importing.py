"""Imports, seen by those who may import."""

from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may


class ImportRunQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Whoever may import sees the firm's imports; nobody else sees any."""
        return self.all() if may(user, "clients.import") else self.none()
