"""People at clients, seen through the clients they belong to."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from clients.queries.clients import in_scope
from clients.queries.words import any_of, anywhere_query, each_word
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

    def holding(self, words: str):
        """Places whose position the words name, alone or with the person or the client ("Wang counsel").

        For rows behind their door: whoever sees a place sees its person and its client, too.
        """
        asked = each_word(words)
        if not asked:
            return self.none()
        held = self.exclude(position="").filter(search=any_of(asked))  # as the index says
        for one in asked if len(asked) > 1 else ():
            held = held.filter(Q(search=one) | Q(person__search=one) | Q(client__search=one))
        return held


def clients_of(person_ids: Iterable[UUID]) -> set[UUID]:
    """The clients these people have or had a place at."""
    return set().union(*clients_by_person(person_ids).values())


def clients_by_person(person_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    places = apps.get_model("clients", "ClientPerson").objects.unscoped()
    found: dict[UUID, set[UUID]] = {}
    for person_id, client_id in (
        places.filter(person_id__in=list(person_ids)).order_by().values_list("person_id", "client_id")
    ):
        found.setdefault(person_id, set()).add(client_id)
    return found


def places_seen(person_ids: Iterable[UUID], user) -> dict[UUID, list]:
    """The present places of each that the user may see, with their clients."""
    places = apps.get_model("clients", "ClientPerson").objects.visible_to(user).present()
    found: dict[UUID, list] = {}
    for place in (
        places.filter(person_id__in=list(person_ids)).select_related("client").order_by("created_at")
    ):
        found.setdefault(place.person_id, []).append(place)
    return found
