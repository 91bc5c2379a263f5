"""Which contacts: through the client, past the walls of client and matter, within the note's confidentiality."""

from django.apps import apps
from django.db.models import Q

from interactions.enums import Confidentiality
from lawcrm.firm.models.base import ScopedQuerySet


class ContactQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Ordinary contacts of visible clients; closer ones for the people who work on the client."""
        client_model = apps.get_model("clients", "Client")
        clients = client_model.objects.visible_to(user).values("pk")
        close = client_model.objects.worked_on_by(user).values("pk")
        open_to_user = (
            Q(confidentiality=Confidentiality.ORDINARY)
            | Q(logged_by=user)
            | Q(with_lawyer=user)
            | Q(client_id__in=close)
        )
        return self.filter(client_id__in=clients).filter(open_to_user).outside_walls(user)

    def standing(self):
        """Contacts not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)
