"""Taking a whole import back: clients it added go, profiles it changed become what they were.

What somebody has changed since, or hung anything on, is kept and named; nothing anybody did by hand is undone.
"""

from django.db import transaction

from clients.actions.importing.runs import NotNow, State, held, one_at_a_time, run_of
from clients.actions.importing.tagging import unmake_tags
from clients.actions.importing.writers import writer_of
from clients.actions.relationship import forget_moves
from clients.models import ImportRow, ImportRun
from clients.queries.importing import count_outcomes, rows_to_take_back
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.bulk import copy_over
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.roles import may

CHUNK = 500
Outcome = ImportRow.Outcome


@transaction.atomic
def start_undo(run: ImportRun, *, by, wake: bool = True) -> ImportRun:
    """Lets a job take back what was written. Raises NotNow where nothing was, or its rows are forgotten."""
    run = held(run, State.DONE, State.STOPPED)
    if any(part.state in (State.COMMITTING, State.PAUSED, State.UNDOING) for part in run.parts.all()):
        raise NotNow("a part of it is being written")
    total = sum(rows_to_take_back(one).count() for one in _in_turn(run))
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
    for one in _in_turn(run):
        if rows := list(rows_to_take_back(one)[:CHUNK]):
            writer_of(one).take_back(rows, job.requested_by)
            copy_over(ImportRow, rows, ("outcome", "why"))
            forget_moves({row.client_id for row in rows}, since=run.created_at)
            job.done += len(rows)
            job.cursor = {"run": str(one.pk), "row": rows[-1].number}
            return True
    for one in _in_turn(run):
        _finish(one, by=job.requested_by)
    return False


def _in_turn(run: ImportRun) -> list[ImportRun]:
    """What hangs on the clients first: invoices, matters, contacts, people, then the clients themselves."""
    written = run.parts.filter(state__in=(State.DONE, State.STOPPED)).order_by("-id")
    order = list(reversed(ImportRun.Kind.values))
    return [*sorted(written, key=lambda part: order.index(part.kind)), run]


def _finish(run: ImportRun, *, by) -> None:
    unmake_tags(run, by=by)
    run.counts = {**run.counts, **count_outcomes(run)}
    run.state, run.undone_at, run.undone_by = State.UNDONE, clock.now(), by
    run.save(update_fields=["counts", "state", "undone_at", "undone_by", "warnings"])
    audit.record(by=by, verb="import.undone", obj=run, detail=run.counts)
