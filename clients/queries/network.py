"""What the network of a client or a person is made of, as far as somebody may see it."""

from __future__ import annotations

from clients.models import ClientPerson, Link, PersonFact
from clients.rules.facts import has_ended
from lawcrm.firm.models import User

MOST_LINKS = 60


def links_around(user, today, *, clients=(), people=()) -> list[Link]:
    """Links with one of these at an end, those that hold first."""
    found = Link.objects.visible_to(user).touching(clients=clients, people=people).for_reading()
    rows = list(found.order_by("kind", "id")[:MOST_LINKS])
    return sorted(rows, key=lambda link: has_ended(link.until, today))


def link_known(user, kind: str, ends: dict, today, *, both_ways: bool) -> bool:
    """Whether a link that holds says this already. Who may name both ends may see it."""
    found = Link.objects.visible_to(user).holding(today)
    return found.saying(kind, ends, both_ways=both_ways).exists()


def places_at(client) -> list[ClientPerson]:
    """Everybody at the client, those who have left last."""
    rows = ClientPerson.objects.filter(client=client).select_related("person").defer("person__search")
    return sorted(rows, key=lambda place: (place.ended_on is not None, place.created_at))


def present_place(client, person) -> ClientPerson | None:
    """The person's place at the client that has not ended."""
    return ClientPerson.objects.filter(client=client, person=person).present().first()


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
