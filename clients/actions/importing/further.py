"""Further phones and addresses that rows of a list say of clients: added, and taken back."""

from collections.abc import Iterable
from uuid import UUID

from clients.importing.further import KIND_OF, missing_from, names_in
from clients.models import Client, ClientFact
from clients.queries.further_facts import attach_further
from clients.search import refresh_search
from lawcrm.firm.actions import audit
from lawcrm.firm.bulk import copy_in, copy_over

_FOUND_BY = ("name", "latin_name", "former_names", "kind", "phone", "email", "wechat", "employer", "address")


def add_further(rows: Iterable[tuple[UUID, dict]], *, by) -> dict[UUID, dict]:
    """Adds what is not on record. Returns by client what was added: {column: [[value, label]]}."""
    said = {pk: {name: values[name] for name in names_in(values)} for pk, values in rows if names_in(values)}
    if not said:
        return {}
    clients, added = _held(said), {}
    for client in clients:
        for name, values in said[client.pk].items():
            if missing := missing_from(client, name, values, getattr(client, KIND_OF[name])):
                added.setdefault(client.pk, {})[name] = missing
    facts = [
        ClientFact(client_id=pk, kind=KIND_OF[name], value=value, label=label, made_by=by)
        for pk, columns in added.items()
        for name, values in columns.items()
        for value, label in values
    ]
    copy_in(ClientFact, facts)
    _tell("client.fact_added", clients, added, by)
    _find_by_them([client for client in clients if client.pk in added])
    return added


def take_further_back(rows: Iterable[tuple[UUID, dict]], *, by) -> None:
    """Removes what an import added, as far as it stands as it was added."""
    added = {pk: columns for pk, columns in rows if columns}
    if not added:
        return
    clients, gone = _held(added), []
    for client in clients:
        wrote = {
            (KIND_OF[name], *one) for name, values in added[client.pk].items() for one in map(tuple, values)
        }
        gone += [
            fact.pk
            for fact in client.further
            if (fact.kind, fact.value, fact.label) in wrote and fact.until is None
        ]
    ClientFact.objects.filter(pk__in=gone).delete()
    _tell("client.fact_removed", clients, added, by)
    _find_by_them(clients)


def _held(wanted: dict) -> list[Client]:
    rows = Client.objects.unscoped().select_for_update(of=("self",), no_key=True).filter(pk__in=list(wanted))
    clients = list(rows.only(*_FOUND_BY).order_by("pk"))
    attach_further(clients)
    return clients


def _find_by_them(clients: list[Client]) -> None:
    attach_further(clients)
    for client in clients:
        refresh_search(client, client.further)
    copy_over(Client, clients, ("search",))


def _tell(verb: str, clients: list[Client], columns_of: dict, by) -> None:
    there = verb.endswith("added")
    deeds = []
    for client in clients:
        changes = {}
        for name, values in columns_of.get(client.pk, {}).items():
            words = [value for value, _label in values]
            changes[str(KIND_OF[name])] = [[], words] if there else [words, []]
        if changes:
            deeds.append((client, changes))
    audit.record_many(by=by, verb=verb, deeds=deeds)
