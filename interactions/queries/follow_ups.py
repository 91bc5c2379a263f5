"""Which follow-ups: those of the clients one sees, past the walls of client and matter."""

from django.db.models import Q

from interactions.enums import FollowUpState
from interactions.queries.contacts import in_scope_of
from lawcrm.firm.models.base import ScopedQuerySet

UNFINISHED = (FollowUpState.OPEN, FollowUpState.SNOOZED)


class FollowUpQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return in_scope_of(self, user).outside_walls(user)

    def unfinished(self):
        return self.filter(state__in=UNFINISHED)

    def pending(self, now):
        """Waiting to be done now: open, or snoozed until a moment that has come."""
        return self.filter(
            Q(state=FollowUpState.OPEN) | Q(state=FollowUpState.SNOOZED, snoozed_until__lte=now)
        )
