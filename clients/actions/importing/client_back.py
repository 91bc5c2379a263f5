"""Clients that an import added or changed, taken back."""

from clients.actions.bulk import update_clients
from clients.actions.grading import take_moves_back
from clients.actions.importing.runs import Verdict, once_each
from clients.actions.importing.tagging import as_keys, tag_as_said
from clients.actions.importing.traces import edited_since, find_anew, take_facts_back
from clients.actions.relationship import assess_clients
from clients.importing.finding import value_of, written_by
from clients.importing.further import KIND_OF, names_in
from clients.importing.judging import before_of, marks_of, values_of
from clients.models import Client, ImportRow
from clients.queries.further_facts import attach_further
from clients.queries.matching import keys_visible_to
from clients.queries.undoing import clients_held, what_hangs_on
from lawcrm.firm.actions import audit

_ASSESSED_BY = {"grade", "client_since"}
# May have come with the row: a tag put on later makes another version, facts are looked at one by one.
WITH_IT = ("clienttag", "clientfact")
_BESIDE = {"tags", *KIND_OF}  # kept in tables of their own
Outcome = ImportRow.Outcome


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
    changed = [row for row in open_rows if row.verdict == Verdict.UPDATE]
    for turn in once_each(changed, lambda row: row.client_id):
        _restore(turn, by)
    _remove([row for row in open_rows if row.verdict == Verdict.CREATE], clients, by)


def _failed(row: ImportRow, code: str) -> None:
    row.outcome, row.why = Outcome.FAILED, [{"code": code, "params": {}}]


def _restore(rows: list[ImportRow], by) -> None:
    """Rows of different clients. Profiles that still hold what the import wrote get back what they held before."""
    clients = clients_held({row.client_id for row in rows})
    marks = {row.number: marks_of(row) for row in rows}
    traced = [(clients[row.client_id], marks[row.number].get("facts", {})) for row in rows]
    back = []
    for row, facts in zip(rows, edited_since(Client, traced), strict=True):
        stood, said = before_of(row), values_of(row)
        wrote = said | written_by(row, said)
        if "tags" in stood:
            wrote["tags"] = as_keys(wrote["tags"])
        edited = [name for name in stood if _is_edited(clients[row.client_id], name, wrote, stood)]
        if edited := list(dict.fromkeys([*edited, *facts])):
            row.outcome = Outcome.KEPT
            row.why = [{"code": "edited", "params": {"fields": edited}}]
        else:
            row.outcome = Outcome.REVERSED
            back.append((row, stood))
    _put_back(back, clients, marks, by)


def _is_edited(client, name: str, wrote: dict, stood: dict) -> bool:
    """Whether a field holds neither what the row wrote nor what stood there before. Facts are looked at one by one."""
    return name not in KIND_OF and value_of(client, name) not in (wrote.get(name), stood[name])


def _put_back(back: list[tuple[ImportRow, dict]], clients: dict, marks: dict, by) -> None:
    traced = [(clients[row.client_id], marks[row.number].get("facts", {})) for row, _stood in back]
    take_facts_back(Client, traced, by=by)
    writes = [(row.client_id, stood) for row, stood in back]
    update_clients([(pk, profile(stood)) for pk, stood in writes], by=by, back=True)
    tag_as_said({pk: stood["tags"] for pk, stood in writes if "tags" in stood}, by=by, are_new=False)
    find_anew(Client, [client.pk for client, trace in traced if trace])
    grades = {row.client_id: mark for row, _stood in back if (mark := marks[row.number].get("grade"))}
    staying = take_moves_back(grades, by=by)
    for row, _stood in back:
        if row.client_id in staying:
            row.why = [{"code": "talk_kept", "params": {}}]
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
    """Whether phones or addresses are on record that did not come with the row as they are now."""
    came = {(KIND_OF[name], *one) for name in names_in(wrote) for one in map(tuple, wrote[name])}
    return any(
        fact.since or fact.until or (fact.kind, fact.value, fact.label) not in came for fact in client.further
    )


def profile(said: dict) -> dict:
    """What of a row's values stands in the profile itself."""
    if _BESIDE & said.keys():
        return {name: value for name, value in said.items() if name not in _BESIDE}
    return said
