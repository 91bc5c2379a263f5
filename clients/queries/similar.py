"""Finding the clients and people a new one may be the same as, by indexes, across scopes and walls.

Duplicates must be found where the person looking may not see them; what they are told of those is nobody's name.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from clients.enums import ClientKind
from clients.models import Client, Person
from clients.queries.words import words_query
from clients.rules.matching import NEW, Candidate, Comparison, lookup_keys, match
from clients.rules.names import split_legal_form
from lawcrm.firm.partial_dates import exact_day
from lawcrm.firm.sealed import blind_index

MOST_COMPARED = 60


@dataclass(frozen=True, slots=True)
class Similar:
    """A known client with something in common, and whether the person looking may see it."""

    client: Client
    comparison: Comparison
    visible: bool


def similar_clients(values: dict, user, *, besides=None) -> list[Similar]:
    """The clients that the client described by `values` may be, surest first; `besides` is the one being edited."""
    one = _described(values)
    found = _worth_comparing(one, user)
    if besides is not None:
        found = found.exclude(pk=besides.pk)
    clients = {client.pk: client for client in found[:MOST_COMPARED]}
    verdict = match(one, [_known(client) for client in clients.values()])
    return [
        Similar(clients[comparison.other.key], comparison, clients[comparison.other.key].is_visible)
        for comparison in verdict.possible
        if comparison.kind != NEW
    ]


def _described(values: dict) -> Candidate:
    return Candidate(
        key=None,
        is_person=values.get("kind") == ClientKind.PERSON,
        name=values.get("name") or "",
        latin_name=values.get("latin_name") or "",
        former_names=tuple(values.get("former_names") or ()),
        identity=_index("identity_number", values.get("identity_number")),
        registration=_index("registration_number", values.get("registration_number")),
        phone=values.get("phone") or "",
        email=values.get("email") or "",
        birth_date=exact_day(values.get("birth_date")),
        address=values.get("address") or "",
    )


def _known(client: Client) -> Candidate:
    return Candidate(
        key=client.pk,
        is_person=client.kind == ClientKind.PERSON,
        name=client.name,
        latin_name=client.latin_name,
        former_names=tuple(client.former_names),
        identity=_bytes(client.identity_index),
        registration=_bytes(client.registration_index),
        phone=client.phone,
        email=client.email,
        birth_date=exact_day(client.birth_date),
        address=client.address,
    )


def _worth_comparing(one: Candidate, user):
    """Clients that share a phone, an address, a number or a name with `one`, each by an index of its own."""
    keys = lookup_keys(one)
    alike = Q(pk__in=[])
    if keys.phones:
        alike |= Q(phone__in=keys.phones)
    if keys.emails:
        alike |= Q(email__in=keys.emails)
    if one.name:
        alike |= Q(sort_key__in=keys.sort_keys)
        stem = one.name if one.is_person else split_legal_form(one.name)[0]
        if asked := words_query(stem):
            alike |= Q(search=asked)
    if keys.identity:
        alike |= Q(identity_index=keys.identity)
    if keys.registration:
        alike |= Q(registration_index=keys.registration)
    seen = Client.objects.visible_to(user).filter(pk=OuterRef("pk")).order_by()
    return (
        Client.objects.unscoped()
        .unmerged()
        .filter(alike)
        .annotate(is_visible=Exists(seen))
        .only("name", "latin_name", "former_names", "kind", "phone", "email", "birth_date", "address",
              "identity_index", "registration_index")
        .order_by()
    )  # fmt: skip


def owner_of_number(field: str, number: str, user) -> Client | None:
    """The client that carries this number, if the person may see it."""
    index = _index(field, number)
    column = field.replace("_number", "_index")
    return Client.objects.visible_to(user).unmerged().filter(**{column: index}).first() if index else None


def people_with(phone: str, email: str, user, *, besides=None):
    """People the user may see who have this phone or mail address."""
    same = Q(pk__in=[])
    if phone:
        same |= Q(phone=phone)
    if email:
        same |= Q(email=email)
    found = Person.objects.visible_to(user).filter(same)
    return (found.exclude(pk=besides.pk) if besides else found).order_by("sort_key")[:5]


def _index(field: str, number: str | None) -> bytes | None:
    return blind_index("clients.client", field, number or "")


def _bytes(value) -> bytes | None:
    return None if value is None else bytes(value)
