"""Writing many profiles at once, with the audit and the search tokens that every profile gets."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models.base import ModelState

from clients.actions.clients import EDITABLE
from clients.actions.facts import FactsMoved, keep_former_values
from clients.actions.grading import end_decisions, note_moves
from clients.enums import GradeOrigin
from clients.grade_changes import GradeMove
from clients.models import Client, ClientFact
from clients.queries.known_facts import facts_by_client
from clients.rules.facts import former_values
from clients.search import refresh_search
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.bulk import copy_in, copy_over
from lawcrm.firm.models import Department, User
from lawcrm.firm.queries.people import departments

_FOLLOWING = ("identity_index", "registration_index", "search", "sort_key", "version", "updated_at")


def create_clients(rows: Sequence[tuple[UUID, dict]], *, by) -> int:
    """New clients under the given ids. Call inside a transaction; a number that is taken raises IntegrityError."""
    people = _people(values for _id, values in rows)
    places = _departments(values for _id, values in rows)
    blank = {name: value for name, value in vars(Client()).items() if name != "_state"}
    clients = []
    copy_in(Client, _made(rows, people, places, blank, clients), as_made=True)
    deeds = [
        (client, told(client, (*values, "department")))
        for client, (_id, values) in zip(clients, rows, strict=True)
    ]
    audit.record_many(by=by, verb="client.created", deeds=deeds)
    return len(clients)


def _made(
    rows, people: dict[str, User], places: dict[str, Department], blank: dict, clients: list
) -> Iterator[Client]:
    """Each client is made while the one before it is written; `clients` keeps them for the audit."""
    for client_id, values in rows:
        client = _new(client_id, values, people, places, blank)
        refresh_search(client, ())
        clients.append(client)
        yield client


def _new(
    client_id: UUID, values: dict, people: dict[str, User], places: dict[str, Department], blank: dict
) -> Client:
    """What Client(id=..., **values) makes, in a third of the time: as if unpickled, over a blank client's state."""
    client, state = Client.__new__(Client), ModelState()
    responsible = people[values["responsible"]]
    department = places.get(values.get("department", ""), responsible.department)
    state.fields_cache = {"responsible": responsible, "department": department}
    named = {name: value for name, value in values.items() if name not in ("responsible", "department")}
    keys = {"id": client_id, "responsible_id": responsible.pk, "department_id": department and department.pk}
    vars(client).update(blank, _state=state, **named, **keys)
    return client


class Overwritten(NamedTuple):
    """By client, of those that changed: what stood there before, and what followed from the change."""

    before: dict[UUID, dict]
    facts: dict[UUID, FactsMoved]
    grades: dict[UUID, dict]


def update_clients(rows: Sequence[tuple[UUID, dict]], *, by, back: bool = False) -> Overwritten:
    """Writes values over existing clients. `back`: to what they were; nothing follows from that."""
    people = _people(values for _id, values in rows)
    places = _departments(values for _id, values in rows)
    held = (
        Client.objects.unscoped()
        .select_for_update(of=("self",))
        .select_related("responsible", "department")
        .in_bulk([client_id for client_id, _values in rows])
    )
    changed, before, facts = [], {}, facts_by_client(list(held))
    for client_id, values in rows:
        client = held[client_id]
        stood = {name: _raw(client, name) for name in values}
        if changes := apply_changes(client, _named(values, people, places)):
            before.setdefault(client_id, {}).update({name: stood[name] for name in changes})
            client.version += 1
            refresh_search(client, facts[client_id] if back else _with_former(facts[client_id], changes))
            changed.append((client, changes))
    copy_over(Client, [client for client, _changes in changed], (*EDITABLE, *_FOLLOWING))
    verb = "client.import_reversed" if back else "client.changed"
    if back:
        audit.record_many(by=by, verb=verb, deeds=changed)
        return Overwritten(before, {}, {})
    moved = keep_former_values(changed, by=by)
    audit.record_many(by=by, verb=verb, deeds=changed)
    return Overwritten(before, moved, _note_grades(changed, by))


def _note_grades(changed: list[tuple[Client, dict]], by) -> dict[UUID, dict]:
    """A grade that came in with a file is a change of grade like any other. Returns what followed, by client."""
    moves = [
        GradeMove(client.pk, client.responsible_id, *changes["grade"], GradeOrigin.IMPORT)
        for client, changes in changed
        if "grade" in changes
    ]
    if not moves:
        return {}
    ended = end_decisions([move.client_id for move in moves])
    noted = note_moves(moves, by=by)
    return {pk: {**mark, "decisions": ended.get(pk, [])} for pk, mark in noted.items()}


def _raw(client: Client, name: str):
    """As `values` would have it."""
    if name in ("responsible", "department"):
        return str(getattr(client, f"{name}_id") or "")
    return getattr(client, name)


def _with_former(facts: list, changes: dict) -> list:
    """The facts, and those the change is about to leave behind."""
    return [*facts, *(ClientFact(kind=kind, value=value) for kind, value in former_values(changes))]


def _named(values: dict, people: dict[str, User], places: dict[str, Department]) -> dict:
    named = dict(values)
    if "responsible" in named:
        named["responsible"] = people[named["responsible"]]
    if "department" in named:
        named["department"] = places.get(named["department"])
    return named


def _departments(all_values) -> dict[str, Department]:
    wanted = any("department" in values for values in all_values)
    return {str(one.pk): one for one in departments()} if wanted else {}


def _people(all_values) -> dict[str, User]:
    keys = {values["responsible"] for values in all_values if "responsible" in values}
    return {
        str(key): person for key, person in User.objects.select_related("department").in_bulk(keys).items()
    }
