"""What the network of a client or a person is made of, as far as somebody may see it."""

from __future__ import annotations

from clients.models import ClientPerson, Link, PersonFact
from lawcrm.firm.models import User

MOST_LINKS = 60


def links_around(user, *, clients=(), people=()) -> list[Link]:
    """Links with one of these at an end, those that hold first."""
    found = Link.objects.visible_to(user).touching(clients=clients, people=people).for_reading()
    rows = list(found.order_by("kind", "id")[:MOST_LINKS])
    return sorted(rows, key=lambda link: link.until is not None)


def places_at(client) -> list[ClientPerson]:
    """Everybody at the client, those who have left last."""
    rows = ClientPerson.objects.filter(client=client).select_related("person").defer("person__search")
    return sorted(rows, key=lambda place: (place.ended_on is not None, place.created_at))


def places_of(person, user) -> list[ClientPerson]:
    """Where a person is and was, as far as the reader sees the clients; the present first, then the latest."""
    rows = ClientPerson.objects.visible_to(user).filter(person=person).select_related("client", "person")
    rows = list(
        rows.defer("client__search", "client__note", "person__search").order_by("-since", "-created_at")
    )
    return sorted(rows, key=lambda place: place.ended_on is not None)


def facts_of_person(person) -> list[PersonFact]:
    return list(PersonFact.objects.filter(person=person))


def colleagues_named(ids) -> dict:
    return User.objects.in_bulk(list(ids))
