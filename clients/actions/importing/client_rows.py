"""Clients, written as their rows say and taken back: profiles in bulk, with audit, search and facts."""

from datetime import timedelta

from clients.actions.bulk import create_clients, update_clients
from clients.actions.importing.further import add_further, take_further_back
from clients.actions.importing.runs import Verdict
from clients.actions.importing.tagging import as_keys, tag_as_said
from clients.actions.importing.writers import Writer, register
from clients.actions.relationship import assess_clients
from clients.importing.finding import Finder, asked_of, differences, keys_held, value_of, written_by
from clients.importing.further import KIND_OF, names_in
from clients.importing.judging import apply_finding, before_of, keep_before, values_of
from clients.importing.plan import Plan
from clients.models import Client, ImportRow, ImportRun
from clients.queries.further_facts import attach_further
from clients.queries.matching import clients_by_key, created_by, keys_visible_to, written_by_others_since
from clients.queries.undoing import clients_held, what_hangs_on
from lawcrm.firm.actions import audit
from lawcrm.firm.ids import new_id

LONGEST_TRANSACTION = timedelta(
    minutes=1
)  # of those that write clients: one that began earlier may commit later
_ASSESSED_BY = {"grade", "client_since"}
# May have come with the row: a tag put on later makes another version, facts are looked at one by one.
WITH_IT = ("clienttag", "clientfact")
_BESIDE = {"tags", *KIND_OF}  # kept in tables of their own
Outcome = ImportRow.Outcome


def write_clients(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Writes rows as they stand now: those that clients written since the preview concern are matched again."""
    found = _found_anew(run, rows, values, plan, by)
    for row in rows:
        _follow(row, found.get(row.number))
    _refuse_hidden(rows, by)
    _compare_anew([row for row in rows if row.decision or row.number in found], values, plan)
    creating = [(row.client_id, values[row.number]) for row in rows if row.verdict == Verdict.CREATE]
    create_clients([(pk, _profile(said)) for pk, said in creating], by=by)
    tag_as_said(_tags(creating), by=by, are_new=True)
    add_further(creating, by=by)
    updating = [row for row in rows if row.verdict == Verdict.UPDATE]
    changes = [(row.client_id, written_by(row, values[row.number])) for row in updating]
    before = update_clients([(pk, _profile(said)) for pk, said in changes], by=by)
    tagged = tag_as_said(_tags(changes), by=by, are_new=False)
    add_further(changes, by=by)
    for row in updating:
        stood = before.get(row.client_id, {}) | {name: row.changes[name][0] for name in names_in(row.changes)}
        if row.client_id in tagged:
            stood = stood | {"tags": tagged[row.client_id]}
        keep_before(row, {name: stood[name] for name in row.changes if name in stood})


def _profile(said: dict) -> dict:
    return (
        {name: value for name, value in said.items() if name not in _BESIDE}
        if _BESIDE & said.keys()
        else said
    )


def _added(wrote: dict, stood: dict) -> dict:
    """What of phones and addresses came with the row."""
    return {name: [one for one in wrote[name] if one not in stood.get(name, ())] for name in names_in(wrote)}


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


# -- taken back ---------------------------------------------------------------------------------------------


def take_back_clients(rows: list[ImportRow], by) -> None:
    """Clients that were added go, profiles that were changed become what they were.

    What was merged into another client since is part of that one's profile, and stays: parting the two is a deed of its own.
    """
    pks = {row.client_id for row in rows}
    clients, visible = clients_held(pks), keys_visible_to(by, pks)
    for row in rows:
        client = clients.get(row.client_id)
        if client is None:
            _failed(row, "gone")
        elif client.merged_into_id or client.trashed_at:
            row.outcome = Outcome.KEPT
            row.why = [{"code": "merged" if client.merged_into_id else "trashed", "params": {}}]
        elif row.client_id not in visible:
            _failed(row, "hidden")
    open_rows = [row for row in rows if not row.outcome]
    _restore([row for row in open_rows if row.verdict == Verdict.UPDATE], clients, by)
    _remove([row for row in open_rows if row.verdict == Verdict.CREATE], clients, by)


def _failed(row: ImportRow, code: str) -> None:
    row.outcome, row.why = Outcome.FAILED, [{"code": code, "params": {}}]


def _restore(rows: list[ImportRow], clients: dict, by) -> None:
    """Profiles that still hold what the import wrote get back what they held before."""
    writes, added = [], []
    for row in rows:
        client, stood, said = clients[row.client_id], before_of(row), values_of(row)
        wrote = said | written_by(row, said)
        if "tags" in stood:
            wrote["tags"] = as_keys(wrote["tags"])
        edited = [
            name
            for name in stood
            if name not in KIND_OF and value_of(client, name) not in (wrote.get(name), stood[name])
        ]
        if edited:
            row.outcome = Outcome.KEPT
            row.why = [{"code": "edited", "params": {"fields": edited}}]
        else:
            row.outcome = Outcome.REVERSED
            writes.append((row.client_id, stood))
            added.append((row.client_id, _added({name: wrote[name] for name in names_in(stood)}, stood)))
    profiles = [(pk, _profile(stood)) for pk, stood in writes]
    update_clients(profiles, by=by, verb="client.import_reversed")
    tag_as_said(_tags(writes), by=by, are_new=False)
    take_further_back(added, by=by)
    assess_clients([pk for pk, stood in writes if _ASSESSED_BY & stood.keys()], by=by)


def _remove(rows: list[ImportRow], clients: dict, by) -> None:
    """Clients that nobody has touched since go as if they had never come; the audit trail remembers them."""
    hanging = what_hangs_on([row.client_id for row in rows], besides=WITH_IT)
    attach_further([clients[row.client_id] for row in rows])
    leaving = []
    for row in rows:
        client = clients[row.client_id]
        if client.version > 1 or _has_more(client, values_of(row)):
            row.why = [{"code": "edited", "params": {"fields": []}}]
        elif found := hanging.get(row.client_id):
            row.why = [{"code": "in_use", "params": {"what": found}}]
        row.outcome = Outcome.KEPT if row.why else Outcome.REVERSED
        if not row.why:
            leaving.append(client)
    deeds = [(client, {}) for client in leaving]
    audit.record_many(by=by, verb="client.import_removed", deeds=deeds)
    Client.objects.unscoped().filter(pk__in=[client.pk for client in leaving]).delete()


def _has_more(client, wrote: dict) -> bool:
    """Whether phones or addresses are on record that did not come with the row."""
    came = {(KIND_OF[name], value) for name in names_in(wrote) for value, _label in wrote[name]}
    return any((fact.kind, fact.value) not in came for fact in client.further)


register(ImportRun.Kind.CLIENTS, Writer(write_clients, take_back_clients, chunk=1_000))
