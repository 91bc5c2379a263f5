"""Writing what the preview shows, chunk by chunk; then the relationships of the clients written."""

from datetime import timedelta

from django.db import transaction

from clients.actions.importing.judging import judge_all
from clients.actions.importing.runs import NotNow, State, Verdict, held, one_at_a_time, run_of
from clients.actions.importing.writers import writer_of
from clients.actions.relationship import assess_clients
from clients.importing.judging import values_of
from clients.importing.plan import Plan
from clients.importing.sheets import sheets_waiting_for, waits_for
from clients.models import ImportRow, ImportRun
from clients.queries.importing import count_verdicts, rows_to_write
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import OPEN, cancel_job, start_job
from lawcrm.firm.bulk import copy_over
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.memory import without_collection
from lawcrm.firm.roles import may

CHUNK = 1_000  # rows written in one transaction
LONGEST_TRANSACTION = timedelta(
    minutes=1
)  # of those that write clients: one that began earlier may commit later
_READ = (
    "run", "number", "verdict", "decision", "client_id", "object_id", "values", "candidates", "changes", "reasons",
    "problems", "before",
)  # fmt: skip
_FOLLOWED = (
    "verdict", "decision", "client_id", "applied_at", "reasons", "candidates", "problems", "changes", "before",
    "object_id",
)  # fmt: skip


@transaction.atomic
def start_commit(run: ImportRun, *, by, wake: bool = True) -> ImportRun:
    """Lets the job write what the preview shows. Raises NotNow where it was started before.

    `wake=False`: the caller does the job itself.
    """
    run = held(run, State.PREVIEW)
    if waits_for(run):
        raise NotNow("other sheets first")
    _start(run, by=by, wake=wake)
    audit.record(by=by, verb="import.started", obj=run, detail={"rows": run.job.total})
    return run


def _start(run: ImportRun, *, by, wake: bool = True) -> None:
    written = run.rows.filter(applied_at__isnull=False).count()
    total = written + rows_to_write(run).count()
    run.state = State.COMMITTING
    params = {"run": str(run.pk), "wake": wake}
    run.job = start_job(kind="clients.import", by=by, params=params, total=total, done=written, wake=wake)
    run.save(update_fields=["state", "job"])


@transaction.atomic
def pause_import(run: ImportRun, *, by) -> ImportRun:
    """Lets the chunk at work end and no other begin; what is written stays. Raises NotNow."""
    return _halt(run, State.PAUSED, "import.paused", by)


@transaction.atomic
def stop_import(run: ImportRun, *, by) -> ImportRun:
    """Ends the writing for good: the rest is not written; what is can be taken back. Raises NotNow."""
    run = _halt(run, State.STOPPED, "import.stopped", by)
    run.counts, run.committed_at = _final_counts(run), clock.now()
    run.save(update_fields=["counts", "committed_at"])
    if written := run.rows.filter(applied_at__isnull=False).count():
        _assess_later(run, by=by, total=written)
    return run


def _halt(run: ImportRun, state: str, verb: str, by) -> ImportRun:
    """The job first: whoever works on it holds its row, then the run's."""
    if run.job_id:
        cancel_job(run.job_id, by=by)
    run = held(run, State.COMMITTING, State.PAUSED)
    run.state = state
    run.save(update_fields=["state"])
    audit.record(by=by, verb=verb, obj=run)
    return run


@transaction.atomic
def resume_import(run: ImportRun, *, by) -> ImportRun:
    """Goes on with the rows not yet written: after a pause, or where the job gave up. Raises NotNow."""
    run = held(run, State.PAUSED, State.COMMITTING)
    if run.state == State.COMMITTING and run.job.state in OPEN:
        raise NotNow
    _start(run, by=by)
    audit.record(by=by, verb="import.resumed", obj=run, detail={"rows": run.job.total - run.job.done})
    return run


@register("clients.import")
def commit_chunk(job) -> bool:
    """Writes the next rows; when none is left, a job of its own judges the clients written."""
    if not may(job.requested_by, "clients.import"):
        raise JobStopped("no_permission")
    run = run_of(job)
    one_at_a_time()
    written_to = job.cursor.get("row", 0)  # or each chunk would pass over all rows that those before it wrote
    rows = list(rows_to_write(run, written_to).only(*_READ)[: min(CHUNK, writer_of(run).chunk)])
    if not rows:
        _finish(run, job)
        return False
    with without_collection():
        _write(run, rows, by=job.requested_by)
    job.done += len(rows)
    job.cursor = {"row": rows[-1].number}
    return True


def _write(run: ImportRun, rows: list[ImportRow], *, by) -> None:
    values = {row.number: values_of(row) for row in rows}
    planned = {row.number: (row.verdict, row.client_id) for row in rows}
    writer_of(run).write(run, rows, values, Plan.of(run.mapping), by)
    _note_written(rows, planned)


def _note_written(rows: list[ImportRow], planned: dict) -> None:
    """Marks rows as carried out; where something came otherwise than planned, says what."""
    now = clock.now()
    told = [
        row
        for row in rows
        if row.verdict == Verdict.UPDATE
        or row.object_id
        or planned[row.number] != (row.verdict, row.client_id)
    ]
    for row in told:
        row.applied_at = None if row.verdict in (Verdict.ASK, Verdict.REFUSE) else now
    copy_over(ImportRow, told, _FOLLOWED)
    as_planned = {row.id for row in rows} - {row.id for row in told}
    ImportRow.objects.filter(pk__any_of=as_planned).update(applied_at=now)


def _finish(run: ImportRun, job) -> None:
    run.counts = _final_counts(run)
    run.state, run.committed_at = State.DONE, clock.now()
    run.save(update_fields=["counts", "state", "committed_at"])
    audit.record(by=job.requested_by, verb="import.finished", obj=run, detail=run.counts)
    _assess_later(run, by=job.requested_by, total=job.done, wake=job.params["wake"])
    for part in sheets_waiting_for(run):  # now the clients or matters they speak of are there
        judge_all(part, by=job.requested_by)


def _final_counts(run: ImportRun) -> dict:
    """What became of the rows; `left`: those that were to be written and were not."""
    counts, written = count_verdicts(run), count_verdicts(run, written=True)
    left = counts["create"] + counts["update"] - written["create"] - written["update"]
    return {**counts, "created": written["create"], "updated": written["update"], "left": left}


def _assess_later(run: ImportRun, *, by, total: int, wake: bool = True) -> None:
    params = {"run": str(run.pk)}
    start_job(kind="clients.import.assess", by=by, params=params, total=total, wake=wake)


@register("clients.import.assess")
def assess_chunk(job) -> bool:
    """What lists show of a relationship (gone quiet from when) follows for the clients just written."""
    run = run_of(job)
    written = run.rows.filter(applied_at__isnull=False, verdict__in=(Verdict.CREATE, Verdict.UPDATE))
    rows = list(
        written.filter(number__gt=job.cursor.get("row", 0))
        .order_by("number")
        .values_list("number", "client_id")[: 2 * CHUNK]
    )
    if not rows:
        return False
    assess_clients([client for _number, client in rows], by=job.requested_by)
    job.done += len(rows)
    job.cursor = {"row": rows[-1][0]}
    return True
