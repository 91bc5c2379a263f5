"""People at clients as imports look for them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

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
