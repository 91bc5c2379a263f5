"""People at clients, seen through the clients they belong to."""

from django.apps import apps

from clients.queries.clients import in_scope
from clients.queries.words import anywhere_query
from lawcrm.firm.models.base import ScopedQuerySet


class PersonQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        places = apps.get_model("clients", "ClientPerson").objects.visible_to(user)
        return self.filter(pk__in=places.values("person_id"))

    def at(self, client):
        """The people who are at the client now."""
        return self.filter(places__client=client, places__ended_on__isnull=True)

    def matching(self, words: str):
        asked = anywhere_query(words)
        return self.filter(search=asked) if asked else self.none()


class ClientPersonQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(in_scope(user, "client__")).outside_walls(user)

    def present(self):
        """Places not ended."""
        return self.filter(ended_on__isnull=True)
