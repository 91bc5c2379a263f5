"""What else is known of clients and people whose search words are about to be made."""

from collections import defaultdict
from uuid import UUID

from clients.models import Client, ClientFact, PersonFact
from clients.models.facts import DatedFact


def facts_by_client(client_ids) -> dict[UUID, list[ClientFact]]:
    """Of many clients, in one statement."""
    found = defaultdict(list)
    for fact in ClientFact.objects.filter(client__in=client_ids).only("client_id", "kind", "value"):
        found[fact.client_id].append(fact)
    return found


def facts_by_person(person_ids) -> dict[UUID, list[PersonFact]]:
    """Of many people, in one statement."""
    found = defaultdict(list)
    for fact in PersonFact.objects.filter(person__in=person_ids).only("person_id", "kind", "value"):
        found[fact.person_id].append(fact)
    return found


def facts_of(owner) -> list[DatedFact]:
    """Of one client or person; none are asked for of a row that is not stored yet."""
    if owner._state.adding:
        return []
    if isinstance(owner, Client):
        return list(ClientFact.objects.filter(client=owner).only("kind", "value"))
    return list(PersonFact.objects.filter(person=owner).only("kind", "value"))
