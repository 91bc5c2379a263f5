"""Writing what the preview shows, chunk by chunk; then the relationships of the clients written."""

from datetime import timedelta

from django.db import connection, transaction

from clients.actions.bulk import create_clients, update_clients
from clients.actions.importing.runs import State, Verdict, held, run_of
from clients.actions.relationship import assess_clients
from clients.importing.finding import Finder, Newcomers
from clients.importing.judging import StagedRow, apply_finding, values_of
from clients.models import ImportRow, ImportRun
from clients.queries.importing import count_verdicts, rows_to_write
from clients.queries.matching import created_by, keys_visible_to, written_by_others_since
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.bulk import copy_over
from lawcrm.firm.ids import new_id
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.roles import may

CHUNK = 1_000  # rows written in one transaction
LONGEST_TRANSACTION = timedelta(
    minutes=1
)  # of those that write clients: one that began earlier may commit later
_ONE_IMPORT_WRITES = (
    7_262_001  # advisory lock: two imports that bring the same client write one after the other
)
_FOLLOWED = ("verdict", "decision", "client_id", "applied_at", "reasons", "candidates", "problems", "changes")


@transaction.atomic
def start_commit(run: ImportRun, *, by, wake: bool = True) -> ImportRun:
    """Lets the job write what the preview shows. Raises NotNow where it was started before.

    `wake=False`: the caller does the job itself.
    """
    run = held(run, State.PREVIEW)
    total = rows_to_write(run).count()
    run.state = State.COMMITTING
    params = {"run": str(run.pk), "wake": wake}
    run.job = start_job(kind="clients.import", by=by, params=params, total=total, wake=wake)
    run.save(update_fields=["state", "job"])
    audit.record(by=by, verb="import.started", obj=run, detail={"rows": total})
    return run


@register("clients.import")
def commit_chunk(job) -> bool:
    """Writes the next rows; when none is left, a job of its own judges the clients written."""
    if not may(job.requested_by, "clients.import"):
        raise JobStopped("no_permission")
    run = run_of(job)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_IMPORT_WRITES])
    rows = list(
        rows_to_write(run).only("run", "number", "verdict", "decision", "client_id", "values", "candidates")[
            :CHUNK
        ]
    )
    if not rows:
        _finish(run, job)
        return False
    written = _write(run, rows, by=job.requested_by)
    for name, count in written.items():
        job.result[name] = job.result.get(name, 0) + count
    job.done += len(rows)
    job.cursor = {"row": rows[-1].number}
    return True


def _write(run: ImportRun, rows: list[StagedRow], *, by) -> dict[str, int]:
    """Writes rows as they stand now: those that clients written since the preview concern are matched again."""
    values = {row.number: values_of(row) for row in rows}
    planned = {row.number: (row.verdict, row.client_id) for row in rows}
    found = _found_anew(run, rows, values, by)
    for row in rows:
        _follow(row, found.get(row.number))
    _refuse_hidden(rows, by)

    def of(verdict: str) -> list[tuple]:
        return [(row.client_id, values[row.number]) for row in rows if row.verdict == verdict]

    written = {
        "created": create_clients(of(Verdict.CREATE), by=by),
        "updated": update_clients(of(Verdict.UPDATE), by=by),
    }
    _note_written(rows, planned)
    return written


def _found_anew(run: ImportRun, rows: list[StagedRow], values: dict[int, dict], by) -> dict:
    """Row number -> what it is taken for now, of those rows for which that may have changed."""
    newcomers = Newcomers(written_by_others_since(run.created_at - LONGEST_TRANSACTION, run))
    concerned = [row.number for row in rows if newcomers and newcomers.concern(row, values[row.number])]
    if not concerned:
        return {}
    finder = Finder(by=by, besides=created_by(run))
    return dict(zip(concerned, finder.find([values[number] for number in concerned]), strict=True))


def _refuse_hidden(rows: list[StagedRow], by) -> None:
    """No row changes a client that is not open to the importer now, whatever was seen or decided before a wall rose."""
    changing = [row for row in rows if row.verdict == Verdict.UPDATE]
    visible = keys_visible_to(by, {row.client_id for row in changing}) if changing else set()
    for row in changing:
        if row.client_id not in visible:
            row.verdict, row.decision, row.client_id = Verdict.REFUSE, "", None
            row.reasons, row.candidates, row.changes = [], [], {}
            row.problems = [{"field": "", "column": None, "code": "hidden_match", "params": {}}]


def _note_written(rows: list[StagedRow], planned: dict) -> None:
    """Marks rows as carried out; where something came otherwise than planned, says what."""
    now = clock.now()
    otherwise = [row for row in rows if planned[row.number] != (row.verdict, row.client_id)]
    for row in otherwise:
        row.applied_at = None if row.verdict in (Verdict.ASK, Verdict.REFUSE) else now
    copy_over(ImportRow, otherwise, _FOLLOWED)
    as_planned = {row.id for row in rows} - {row.id for row in otherwise}
    ImportRow.objects.filter(pk__any_of=as_planned).update(applied_at=now)


def _follow(row: StagedRow, found) -> None:
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


def _finish(run: ImportRun, job) -> None:
    run.counts = {
        **count_verdicts(run),
        "created": job.result.get("created", 0),
        "updated": job.result.get("updated", 0),
    }
    run.state, run.committed_at = State.DONE, clock.now()
    run.save(update_fields=["counts", "state", "committed_at"])
    audit.record(by=job.requested_by, verb="import.finished", obj=run, detail=run.counts)
    start_job(
        kind="clients.import.assess",
        by=job.requested_by,
        params={"run": str(run.pk)},
        total=job.done,
        wake=job.params["wake"],
    )


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
