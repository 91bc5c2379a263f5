"""Long work, seen by who asked for it."""

from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import Role


class JobQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own; all of them for administrators, who answer for the machinery."""
        return self.all() if user.role == Role.ADMINISTRATOR else self.filter(requested_by=user)
