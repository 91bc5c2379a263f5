"""Taking a whole import back: clients it added go, profiles it changed become what they were.

What somebody has changed since, or hung anything on, is kept and named; nothing anybody did by hand is undone.
"""

from django.db import transaction

from clients.actions.bulk import update_clients
from clients.actions.importing.runs import NotNow, State, Verdict, held, one_at_a_time, run_of
from clients.actions.relationship import assess_clients
from clients.importing.finding import value_of
from clients.importing.judging import from_stored, values_of
from clients.importing.storing import unpack
from clients.models import Client, ImportRow, ImportRun
from clients.queries.importing import count_outcomes, rows_to_take_back
from clients.queries.matching import keys_visible_to
from clients.queries.undoing import clients_held, what_hangs_on
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.bulk import copy_over
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.roles import may

CHUNK = 500
_ASSESSED_BY = {"grade", "client_since"}
Outcome = ImportRow.Outcome


@transaction.atomic
def start_undo(run: ImportRun, *, by, wake: bool = True) -> ImportRun:
    """Lets a job take back what was written. Raises NotNow where nothing was, or its rows are forgotten."""
    run = held(run, State.DONE, State.STOPPED)
    total = rows_to_take_back(run).count()
    if not total:
        raise NotNow("nothing to take back")
    run.state = State.UNDOING
    run.job = start_job(
        kind="clients.import.undo", by=by, params={"run": str(run.pk)}, total=total, wake=wake
    )
    run.save(update_fields=["state", "job"])
    audit.record(by=by, verb="import.undo_started", obj=run, detail={"rows": total})
    return run


@register("clients.import.undo")
def undo_chunk(job) -> bool:
    """Takes the next rows back, the last written first."""
    if not may(job.requested_by, "clients.import"):
        raise JobStopped("no_permission")
    run = run_of(job)
    one_at_a_time()
    rows = list(rows_to_take_back(run)[:CHUNK])
    if not rows:
        _finish(run, by=job.requested_by)
        return False
    _take_back(rows, by=job.requested_by)
    job.done += len(rows)
    job.cursor = {"row": rows[-1].number}
    return True


def _take_back(rows: list[ImportRow], *, by) -> None:
    pks = {row.client_id for row in rows}
    clients, visible = clients_held(pks), keys_visible_to(by, pks)
    for row in rows:
        if row.client_id not in clients:
            _failed(row, "gone")
        elif row.client_id not in visible:
            _failed(row, "hidden")
    open_rows = [row for row in rows if not row.outcome]
    _restore([row for row in open_rows if row.verdict == Verdict.UPDATE], clients, by)
    _remove([row for row in open_rows if row.verdict == Verdict.CREATE], clients, by)
    copy_over(ImportRow, rows, ("outcome", "why"))


def _failed(row: ImportRow, code: str) -> None:
    row.outcome, row.why = Outcome.FAILED, [{"code": code, "params": {}}]


def _restore(rows: list[ImportRow], clients: dict, by) -> None:
    """Profiles that still hold what the import wrote get back what they held before."""
    writes = []
    for row in rows:
        client, wrote, stood = clients[row.client_id], values_of(row), before_of(row)
        edited = [name for name in stood if value_of(client, name) not in (wrote.get(name), stood[name])]
        if edited:
            row.outcome = Outcome.KEPT
            row.why = [{"code": "edited", "params": {"fields": edited}}]
        else:
            row.outcome = Outcome.REVERSED
            writes.append((row.client_id, stood))
    update_clients(writes, by=by, verb="client.import_reversed")
    assess_clients([pk for pk, stood in writes if _ASSESSED_BY & stood.keys()], by=by)


def before_of(row: ImportRow) -> dict:
    """What an update wrote over."""
    if not row.before:
        return {}
    return from_stored(unpack(row.before, run_id=row.run_id, number=row.number, part="before"))


def _remove(rows: list[ImportRow], clients: dict, by) -> None:
    """Clients that nobody has touched since go as if they had never come; the audit trail remembers them."""
    hanging = what_hangs_on([row.client_id for row in rows])
    leaving = []
    for row in rows:
        client = clients[row.client_id]
        if client.version > 1:
            row.why = [{"code": "edited", "params": {"fields": []}}]
        elif found := hanging.get(row.client_id):
            row.why = [{"code": "in_use", "params": {"what": found}}]
        row.outcome = Outcome.KEPT if row.why else Outcome.REVERSED
        if not row.why:
            leaving.append(client)
    deeds = [(client, {}) for client in leaving]
    audit.record_many(by=by, verb="client.import_removed", deeds=deeds)
    Client.objects.unscoped().filter(pk__in=[client.pk for client in leaving]).delete()


def _finish(run: ImportRun, *, by) -> None:
    run.counts = {**run.counts, **count_outcomes(run)}
    run.state, run.undone_at, run.undone_by = State.UNDONE, clock.now(), by
    run.save(update_fields=["counts", "state", "undone_at", "undone_by"])
    audit.record(by=by, verb="import.undone", obj=run, detail=run.counts)
