"""Which templates, plans and care."""

from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may


class TemplateQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Everybody who writes to clients reads the firm's templates."""
        return self if may(user, "contacts.log") else self.none()

    def in_use(self):
        return self.filter(retired_at__isnull=True)
