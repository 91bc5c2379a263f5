"""Which contacts: through the client, past the walls of client and matter, within the note's confidentiality."""

from django.apps import apps
from django.db.models import Q

from interactions.enums import Confidentiality
from lawcrm.firm.models.base import ScopedQuerySet


def in_scope_of(rows, user):
    """Rows of the clients within the person's scope. Walls come from the rows' own paths, so firm scope costs nothing."""
    if user.is_active and user.scope == "firm":
        return rows
    clients = apps.get_model("clients", "Client").objects.in_scope_of(user)
    return rows.filter(client_id__in=clients.order_by().values("pk"))


class ContactQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Ordinary contacts of visible clients; closer ones for the people who work on the client."""
        own = apps.get_model("clients", "Client").objects.filter(responsible=user).order_by()
        team = apps.get_model("clients", "ClientTeam").objects.filter(user=user)
        open_to_user = (
            Q(confidentiality=Confidentiality.ORDINARY)
            | Q(logged_by=user)
            | Q(with_lawyer=user)
            | Q(client_id__in=own.values("pk"))
            | Q(client_id__in=team.values("client_id"))
        )
        return in_scope_of(self, user).filter(open_to_user).outside_walls(user)

    def standing(self):
        """Contacts not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
