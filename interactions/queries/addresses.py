"""Who stands behind a mail address: among the clients somebody sees, and in the firm."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.db.models.functions import Lower

from clients.access import visible_clients
from clients.models import ClientPerson
from lawcrm.firm.models import User
from lawcrm.firm.queries.people import working_people

MOST = 200


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
    places = ClientPerson.objects.visible_to(user).present()
    mine = Q(lowered__in=wanted) | Q(person__in=_facts("PersonFact", wanted).values("person_id"))
    rows = places.annotate(lowered=Lower("person__email")).filter(mine)
    return rows.select_related("client", "person").order_by("pk")[:MOST]


def _clients(user, wanted):
    mine = Q(lowered__in=wanted) | Q(pk__in=_facts("ClientFact", wanted).values("client_id"))
    rows = visible_clients(user).annotate(lowered=Lower("email")).filter(mine)
    return rows.order_by("pk")[:MOST]


def _facts(model: str, wanted):
    rows = apps.get_model("clients", model).objects.annotate(told=Lower("value"))
    return rows.filter(kind="email", until__isnull=True, told__in=wanted)


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
