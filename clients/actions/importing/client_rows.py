"""Clients, written as their rows say: profiles in bulk, with audit, search and facts."""

from datetime import timedelta
from uuid import UUID

from clients.actions.bulk import create_clients, update_clients
from clients.actions.importing.client_back import profile, take_back_clients
from clients.actions.importing.further import add_further
from clients.actions.importing.runs import Verdict, once_each
from clients.actions.importing.tagging import note_made, tag_as_said
from clients.actions.importing.traces import trace_of
from clients.actions.importing.writers import Writer, register
from clients.importing.finding import Finder, asked_of, differences, keys_held, written_by
from clients.importing.further import names_in
from clients.importing.judging import apply_finding, keep_before
from clients.importing.plan import Plan
from clients.models import Client, ImportRow, ImportRun
from clients.queries.further_facts import attach_further
from clients.queries.matching import clients_by_key, created_by, keys_visible_to, written_by_others_since
from lawcrm.firm.ids import new_id

LONGEST_TRANSACTION = timedelta(
    minutes=1
)  # of those that write clients: one that began earlier may commit later


def write_clients(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Writes rows as they stand now: those that clients written since the preview concern are matched again."""
    found = _found_anew(run, rows, values, plan, by)
    for row in rows:
        _follow(row, found.get(row.number))
    _refuse_hidden(rows, by)
    _compare_anew([row for row in rows if row.decision or row.number in found], values, plan)
    creating = [(row.client_id, values[row.number]) for row in rows if row.verdict == Verdict.CREATE]
    create_clients([(pk, profile(said)) for pk, said in creating], by=by)
    made = tag_as_said(_tags(creating), by=by, are_new=True).made
    add_further(Client, creating, by=by)
    updating = [row for row in rows if row.verdict == Verdict.UPDATE]
    for number, turn in enumerate(once_each(updating, lambda row: row.client_id)):
        if number:  # an earlier row has changed these clients meanwhile
            _compare_anew(turn, values, plan)
        made += _update([row for row in turn if row.verdict == Verdict.UPDATE], values, by)
    note_made(run, made)


def _update(rows: list[ImportRow], values: dict[int, dict], by) -> list[UUID]:
    """Rows of different clients. Returns the tags that were made for them."""
    changes = [(row.client_id, written_by(row, values[row.number])) for row in rows]
    written = update_clients([(pk, profile(said)) for pk, said in changes], by=by)
    tagged = tag_as_said(_tags(changes), by=by, are_new=False)
    added = add_further(Client, changes, by=by)
    for row in rows:
        pk = row.client_id
        stood = written.before.get(pk, {}) | {name: row.changes[name][0] for name in names_in(row.changes)}
        if pk in tagged.before:
            stood = stood | {"tags": tagged.before[pk]}
        facts = trace_of(written.facts.get(pk), added.get(pk, ()))
        stood = {name: stood[name] for name in row.changes if name in stood}
        keep_before(row, stood, facts=facts, grade=written.grades.get(pk))
    return tagged.made


def _tags(rows) -> dict:
    return {pk: said["tags"] for pk, said in rows if "tags" in said}


def _found_anew(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> dict:
    """Row number -> what it is taken for now, of those rows for which that may have changed."""
    wanted, each = asked_of(rows, values)
    held = keys_held(written_by_others_since(run.created_at - LONGEST_TRANSACTION, run, wanted))
    concerned = [number for number, asked in each.items() if not asked.isdisjoint(held)]
    if not concerned:
        return {}
    finder = Finder(by=by, plan=plan, besides=created_by(run))
    return dict(zip(concerned, finder.find([values[number] for number in concerned]), strict=True))


def _refuse_hidden(rows: list[ImportRow], by) -> None:
    """No row changes a client that is not open to the importer now, whatever was seen or decided before a wall rose."""
    changing = [row for row in rows if row.verdict == Verdict.UPDATE]
    visible = keys_visible_to(by, {row.client_id for row in changing}) if changing else set()
    for row in changing:
        if row.client_id not in visible:
            row.verdict, row.decision, row.client_id = Verdict.REFUSE, "", None
            row.reasons, row.candidates, row.changes = [], [], {}
            row.problems = [{"field": "", "column": None, "code": "hidden_match", "params": {}}]


def _compare_anew(rows: list[ImportRow], values: dict[int, dict], plan: Plan) -> None:
    """What an update would change now, where a person chose the client or somebody may have changed it."""
    rows = [row for row in rows if row.verdict == Verdict.UPDATE]
    clients = clients_by_key({row.client_id for row in rows})
    if any(names_in(values[row.number]) for row in rows):
        attach_further(clients.values())
    for row in rows:
        row.changes = differences(values[row.number], clients[row.client_id], plan.blanks)
        if not row.changes:
            row.verdict = Verdict.SAME


def _follow(row: ImportRow, found) -> None:
    """The verdict of this moment; a person's answer holds as long as it can still be carried out.

    `found`: what the row is taken for now; None where nothing can have changed.
    """
    planned = row.client_id
    taken = found is not None and found.number_is_taken
    if row.decision == Verdict.UPDATE or (row.decision == Verdict.CREATE and not taken):
        row.verdict = row.decision
        row.client_id = planned or new_id()
    elif found is not None:
        row.decision = ""
        apply_finding(row, found)
        if found.verdict == Verdict.CREATE and planned:
            row.client_id = planned  # the id given when the row was staged


register(ImportRun.Kind.CLIENTS, Writer(write_clients, take_back_clients, chunk=1_000))
