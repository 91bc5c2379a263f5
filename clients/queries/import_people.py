"""People at clients as imports look for them."""

from collections.abc import Iterable
from uuid import UUID

from clients.models import ClientPerson, Person


def present_places(clients: Iterable[UUID]) -> list[ClientPerson]:
    """Everybody who is at one of these clients now, with the person at hand."""
    clients = list(clients)
    rows = ClientPerson.objects.unscoped().filter(client_id__in=clients).present()
    return list(rows.select_related("person", "client").order_by("created_at")) if clients else []


def places_held(keys: Iterable[UUID]) -> dict[UUID, ClientPerson]:
    """Places by key, locked until the transaction ends."""
    rows = ClientPerson.objects.unscoped().select_for_update(of=("self",)).select_related("person", "client")
    return rows.in_bulk(list(keys))


def known_person(name: str, phone: str, email: str, user) -> Person | None:
    """Somebody whom the user may see, of this very name and phone or mail address, wherever they are."""
    rows = Person.objects.visible_to(user).filter(name=name)
    for field, said in (("phone", phone), ("email", email)):
        if said and (found := rows.filter(**{field: said}).first()):
            return found
    return None
