"""Writing many profiles at once, with the audit and the search tokens that every profile gets."""

from collections.abc import Sequence
from uuid import UUID

from clients.actions.clients import EDITABLE
from clients.models import Client
from clients.search import refresh_search, refresh_search_many
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.bulk import copy_in, copy_over
from lawcrm.firm.models import User

_FOLLOWING = ("identity_index", "registration_index", "search", "sort_key", "version", "updated_at")


def create_clients(rows: Sequence[tuple[UUID, dict]], *, by) -> int:
    """New clients under the given ids. Call inside a transaction; a number that is taken raises IntegrityError."""
    people = _people(values for _id, values in rows)
    clients = [_new(client_id, values, people) for client_id, values in rows]
    refresh_search_many(clients)
    copy_in(Client, clients)
    audit.record_many(
        by=by, verb="client.created", deeds=[(client, told(client, EDITABLE)) for client in clients]
    )
    return len(clients)


def _new(client_id: UUID, values: dict, people: dict[str, User]) -> Client:
    responsible = people[values["responsible"]]
    return Client(id=client_id, department_id=responsible.department_id, **_named(values, people))


def update_clients(rows: Sequence[tuple[UUID, dict]], *, by) -> int:
    """Writes values over existing clients; empty ones are expected to be left out. Returns how many changed."""
    people = _people(values for _id, values in rows)
    held = (
        Client.objects.unscoped()
        .select_for_update(of=("self",))
        .select_related("responsible")
        .in_bulk([client_id for client_id, _values in rows])
    )
    changed = []
    for client_id, values in rows:
        client = held[client_id]
        if changes := apply_changes(client, _named(values, people)):
            client.version += 1
            refresh_search(client)
            changed.append((client, changes))
    copy_over(Client, [client for client, _changes in changed], (*EDITABLE, *_FOLLOWING))
    audit.record_many(by=by, verb="client.changed", deeds=changed)
    return len(changed)


def _named(values: dict, people: dict[str, User]) -> dict:
    named = dict(values)
    if "responsible" in named:
        named["responsible"] = people[named["responsible"]]
    return named


def _people(all_values) -> dict[str, User]:
    keys = {values["responsible"] for values in all_values if "responsible" in values}
    return {str(key): person for key, person in User.objects.in_bulk(keys).items()}
