"""The one search box: clients, people, matters and contacts, each behind its own door."""

from clients.access import visible_clients
from clients.models import ClientPerson
from clients.queries.words import words_query
from clients.rules.names import sort_key
from interactions.access import visible_contacts
from lawcrm.firm.roles import Scope
from matters.access import visible_matters

LATEST = 1_000  # contacts whose notes are read; older ones are found on the page of their client

_CLIENT = (
    "pk",
    "name",
    "latin_name",
    "kind",
    "industry",
    "relationship_type",
    "responsible__given_name",
    "responsible__family_name",
    "responsible__name_zh",
)


def clients_found(words: str, user, limit: int) -> list:
    """Those whose name begins so first, then those found otherwise; by name."""
    visible = visible_clients(user).values_list(*_CLIENT, named=True)
    first = (
        list(visible.filter(sort_key__startswith=key).order_by("sort_key", "pk")[:limit])
        if (key := _beginning(words))
        else []
    )
    if len(first) >= limit:
        return first
    known = {client.pk for client in first}
    others = visible.matching(words).order_by("sort_key", "pk")[: limit + len(first)]
    return [*first, *(client for client in others if client.pk not in known)][:limit]


def people_found(words: str, user, limit: int) -> list[ClientPerson]:
    """Places of people at clients: the same person at two clients stands there twice."""
    asked = words_query(words)
    if asked is None:
        return []
    places = ClientPerson.objects.visible_to(user).present().filter(person__search=asked)
    wanted = (
        "roles",
        "position",
        "client_id",
        "person__name",
        "person__latin_name",
        "person__phone",
        "client__name",
    )
    found = places.select_related("person", "client").only(*wanted)
    return list(found.order_by("person__sort_key", "person_id")[:limit])


def matters_found(words: str, user, limit: int) -> list:
    """The newest first."""
    found = visible_matters(user).matching(words).select_related("client")
    return list(
        found.only("title", "number", "state", "client__name").order_by("-accepted_on", "-pk")[:limit]
    )


def contacts_found(words: str, user, limit: int) -> list:
    """Contacts whose note holds the words as they were typed, among the latest the person may read."""
    if len(words) < 2:
        return []
    latest = visible_contacts(user).standing()
    if user.scope != Scope.FIRM:
        latest = latest.filter(with_lawyer=user)
    newest = latest.order_by("-at", "-pk").values("pk")[:LATEST]
    found = visible_contacts(user).filter(pk__in=newest, note__icontains=words)
    return list(found.for_lists().order_by("-at", "-pk")[:limit])


def _beginning(words: str) -> str:
    """Where names that begin with these words stand in the list by name; '' where that says nothing."""
    words = words.strip()
    if not words or any(character.isdigit() for character in words):
        return ""
    return sort_key(words, is_person=True) if len(words) < 200 else ""
