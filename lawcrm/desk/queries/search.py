"""The one search box: clients, people, matters and contacts, each behind its own door."""

from django.db.models import Q

from clients.access import recent_looks, visible_clients
from clients.models import Client, ClientPerson, Person
from clients.queries.found import alike, best_of, those_alike
from clients.queries.words import maybe_number
from interactions.access import visible_contacts
from lawcrm.firm.roles import Scope
from matters.access import visible_matters

LATEST = 1_000  # contacts whose notes are read; older ones are found on the page of their client
HOLDING = 1_000  # who hold a position that very many hold: as many are looked at

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
_PLACE = (
    "pk",
    "roles",
    "position",
    "client_id",
    "person__name",
    "person__latin_name",
    "person__phone",
    "client__name",
)


def clients_found(words: str, user, limit: int) -> list:
    """The best first: who bears exactly this, whose name begins so, who is found otherwise; or by a number in full."""
    found = best_of(_clients(user), words, limit, _CLIENT)
    if found or not maybe_number(words):
        return found
    return list(_clients(user).matching(words).values_list(*_CLIENT, named=True)[:limit])


def people_found(words: str, user, limit: int) -> list:
    """Places of people at clients, the best first: the same person at two clients stands there twice.

    Last, whoever holds a position that is called so.
    """
    places = _places(user)
    holding = places.order_by().holding(words).values("pk")[:HOLDING]
    return best_of(places, words, limit, _PLACE, "person__", further=Q(pk__in=holding))


def nearly_found(words: str, user, limit: int) -> tuple[list, list]:
    """(clients, places of people) whose names differ by one letter: asked where nobody is found as written."""
    near_clients, near_people = alike([Client, Person], words)
    return (
        those_alike(_clients(user), near_clients, limit, _CLIENT),
        those_alike(_places(user), near_people, limit, _PLACE, "person__"),
    )


def _clients(user):
    return visible_clients(user).order_by("sort_key", "pk")


def _places(user):
    return ClientPerson.objects.visible_to(user).present().order_by("person__sort_key", "person_id", "pk")


def looked_at_last(user, limit: int) -> list:
    """The clients the person opened last."""
    seen = recent_looks(user).order_by("-seen_at").values_list("client_id", flat=True)[:limit]
    keys = list(seen)
    found = visible_clients(user).filter(pk__in=keys).values_list(*_CLIENT, named=True)
    rows = {row.pk: row for row in found}
    return [rows[pk] for pk in keys if pk in rows]


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
