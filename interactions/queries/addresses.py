"""Who stands behind a mail address: among the clients somebody sees, and in the firm."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models.functions import Lower

from clients.access import visible_clients
from clients.models import ClientPerson
from lawcrm.firm.models import User
from lawcrm.firm.queries.people import working_people

MOST = 200
MOST_KEYS = 2_000  # before the door is asked


@dataclass
class Known:
    """A client, and those of its people who were meant."""

    client: Any
    people: list = field(default_factory=list)


def known_behind(user, addresses) -> list[Known]:
    """The clients behind these addresses, each with its people meant, through the user's door; by name."""
    wanted = sorted({address.lower() for address in addresses if address})[:MOST]
    if not wanted:
        return []
    found: dict[Any, Known] = {}
    for place in _places(user, wanted):
        known = found.setdefault(place.client_id, Known(place.client))
        if place.person not in known.people:
            known.people.append(place.person)
    for client in _clients(user, wanted):
        found.setdefault(client.pk, Known(client))
    return sorted(found.values(), key=lambda known: (known.client.sort_key, str(known.client.pk)))


def _places(user, wanted):
    """Present places of people with such an address, now their main one or another that holds."""
    people = _behind("Person", "PersonFact", "person_id", wanted)
    if not people:
        return ()
    places = ClientPerson.objects.visible_to(user).present().filter(person_id__in=people)
    return places.select_related("client", "person").order_by("pk")[:MOST]


def _clients(user, wanted):
    clients = _behind("Client", "ClientFact", "client_id", wanted)
    return visible_clients(user).filter(pk__in=clients).order_by("pk")[:MOST] if clients else ()


def _behind(model: str, facts: str, of: str, wanted) -> list:
    """Keys of those with such an address, now their main one or another that holds: each half by its own index.

    Whether somebody may see them is asked of the few that are found.
    """
    rows = apps.get_model("clients", model).objects.unscoped().order_by()
    main = rows.exclude(email="").annotate(lowered=Lower("email")).filter(lowered__in=wanted)
    told = apps.get_model("clients", facts).objects.order_by().annotate(lowered=Lower("value"))
    held = told.filter(kind="email", until__isnull=True, lowered__in=wanted)
    return [key for (key,) in main.values_list("pk").union(held.values_list(of), all=True)[:MOST_KEYS]]


def of_the_firm(addresses) -> set[str]:
    """Those addresses that belong to people of the firm."""
    wanted = [address.lower() for address in addresses]
    return set(
        User.objects.annotate(lowered=Lower("email"))
        .filter(lowered__in=wanted)
        .values_list("lowered", flat=True)
    )


def people_of_the_firm(addresses) -> dict[str, User]:
    """{address: whose it is} of those who are with the firm."""
    wanted = [address.lower() for address in addresses]
    rows = working_people().annotate(lowered=Lower("email")).filter(lowered__in=wanted)
    return {person.lowered: person for person in rows}
