"""Links of the relationship network, seen where both their ends are."""

from django.apps import apps
from django.db.models import Q

from lawcrm.firm.models.base import ScopedQuerySet


class LinkQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """A link tells of both its ends: who may not see one of them does not see the link."""
        clients = apps.get_model("clients", "Client").objects.visible_to(user).order_by().values("pk")
        people = apps.get_model("clients", "Person").objects.visible_to(user).order_by().values("pk")
        rows = self
        for side in ("from", "to"):
            rows = rows.filter(
                Q(**{f"{side}_client__isnull": True}) | Q(**{f"{side}_client__in": clients}),
                Q(**{f"{side}_person__isnull": True}) | Q(**{f"{side}_person__in": people}),
            )
        return rows

    def touching(self, *, clients=(), people=()):
        """Links with one of these at either end."""
        return self.filter(
            Q(from_client__in=clients)
            | Q(to_client__in=clients)
            | Q(from_person__in=people)
            | Q(to_person__in=people)
        )

    def for_reading(self):
        return self.select_related("from_client", "to_client", "from_person", "to_person").defer(
            *(f"{side}_client__{name}" for side in ("from", "to") for name in ("search", "note")),
            "from_person__search",
            "to_person__search",
        )
