"""People at clients as imports look for them."""

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q

from clients.models import ClientPerson, Person
from clients.queries.further_facts import attach_further


def present_places(clients: Iterable[UUID]) -> list[ClientPerson]:
    """Everybody who is at one of these clients now, with the person at hand."""
    clients = list(clients)
    rows = ClientPerson.objects.unscoped().filter(client_id__in=clients).present()
    return list(rows.select_related("person", "client").order_by("created_at")) if clients else []


def places_referred(keys: Iterable[str], user) -> dict[str, ClientPerson]:
    """Present places by key, as text, as far as the user may see them."""
    rows = ClientPerson.objects.visible_to(user).present().filter(pk__in=set(keys))
    return {str(place.pk): place for place in rows.select_related("person", "client")}


def places_held(keys: Iterable[UUID]) -> dict[UUID, ClientPerson]:
    """Places by key with their people and what is further known of them, locked until the transaction ends.

    The same person at two clients is two objects with the same facts.
    """
    rows = ClientPerson.objects.unscoped().select_for_update(of=("self", "person"))
    places = rows.select_related("person", "client").in_bulk(list(keys))
    share_further(places.values())
    return places


def share_further(places: Collection[ClientPerson]) -> None:
    """Gives the person of each place its `further` facts."""
    people = {place.person_id: place.person for place in places}
    attach_further(people.values())
    for place in places:
        place.person.further = people[place.person_id].further


def places_of(people: Iterable[UUID]) -> Counter:
    """How many places, present and past, each person has."""
    rows = ClientPerson.objects.unscoped().filter(person_id__in=list(people)).order_by()
    return Counter(rows.values_list("person_id", flat=True))


class KnownPeople:
    """People whom the user may see, wherever they are, by their very name and phone or mail address."""

    def __init__(self, rows: Iterable[dict], user):
        self.by_mark: dict[tuple[str, str, str], Person] = {}
        said = [(row["name"], row.get("phone", ""), row.get("email", "")) for row in rows]
        names = {name for name, phone, email in said if phone or email}
        bears = Q(phone__in={phone for _name, phone, _email in said} - {""})
        bears |= Q(email__in={email for _name, _phone, email in said} - {""})
        found = (
            Person.objects.visible_to(user).filter(bears, name__in=names).order_by("sort_key", "pk")
            if names
            else ()
        )
        for person in found:
            for mark in ("phone", "email"):
                self.by_mark.setdefault((mark, person.name, getattr(person, mark)), person)

    def find(self, said: dict) -> Person | None:
        """By phone first."""
        for mark in ("phone", "email"):
            if said.get(mark) and (person := self.by_mark.get((mark, said["name"], said[mark]))):
                return person
        return None
