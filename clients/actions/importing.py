"""Importing client lists: stage the file, judge its rows, let a person decide, write in chunks.

Nothing of a client is written before the commit; the commit is a job whose rows and progress stand in one
transaction, so that a killed worker loses and doubles nothing.
"""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import BinaryIO
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from clients.actions.bulk import create_clients, update_clients
from clients.actions.relationship import assess_clients
from clients.importing import storing
from clients.importing.columns import ClientResource, is_ours, match_headings, signature
from clients.importing.finding import TAKEN, Finder
from clients.importing.judging import Judge, StagedRow, apply_finding, cells_of, values_of
from clients.importing.people import PeopleByName
from clients.importing.words import is_known
from clients.models import ImportMapping, ImportRow, ImportRun
from clients.queries.importing import count_verdicts, earlier_import_of, prints_of, rows_to_write
from clients.queries.matching import created_by, keys_visible_to, others_written_since
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.bulk import copy_in, copy_over
from lawcrm.firm.ids import new_id
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.policy import current_policy
from lawcrm.firm.presenters import jobs as job_words
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.roles import may
from lawcrm.firm.spreadsheets import guard
from lawcrm.firm.spreadsheets.headings import Headings, find_headings
from lawcrm.firm.spreadsheets.limits import Limits, Refused
from lawcrm.firm.spreadsheets.reader import Row, open_sheet

READ_AT_ONCE = 256 * 1024  # bytes; larger files are read by a worker
JUDGE_AT_ONCE = 3_000  # rows; more are judged anew by a worker
BATCH = 1_000  # rows judged together
_PLANNED = ("id", "number", "verdict", "decision", "client_id", "values", "reasons", "candidates", "changes")
LONGEST_TRANSACTION = timedelta(
    minutes=1
)  # of those that write clients: one that began earlier may commit later
KEPT = timedelta(days=30)  # rows read from files, and files waiting for somebody to name their encoding
ENCODING_TROUBLE = ("encoding_unknown", "wrong_encoding")
CHUNK = 1_000  # rows written in one transaction
SECONDS = 15  # of reading or judging in one chunk of a job
_ONE_IMPORT_WRITES = (
    7_262_001  # advisory lock: two imports that bring the same client write one after the other
)

_FOLLOWED = ("verdict", "decision", "client_id", "applied_at", "reasons", "candidates", "problems", "changes")

State, Verdict = ImportRun.State, ImportRow.Verdict


job_words.label("clients.import", _("Writing clients"))
job_words.label("clients.import.read", _("Reading a client list"))
job_words.label("clients.import.assess", _("Relationships are assessed anew"))
job_words.label("clients.import.judge", _("Judging the rows of a client list"))


class NotNow(Exception):
    """The import is not in a state for this: read already, being written, done."""


# -- staging ------------------------------------------------------------------------------------------------


@transaction.atomic
def stage_import(
    *, by, file: BinaryIO, file_name: str, saved: str = "", encoding: str = "", at_once: bool = False
) -> ImportRun:
    """Takes a file in. Small ones are read here; large ones are kept, sealed, for a worker.

    Raises Refused, and then nothing is kept; a text whose encoding cannot be told is kept for a person to say it,
    except where it must be read `at_once`. `saved`: a saved mapping to use instead of matching the headings.
    """
    data = _bytes_of(file)
    run = ImportRun(
        made_by=by,
        file_name=file_name[-200:],
        file_hash=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        mapping={"saved": saved} if saved else {},
    )
    with storing.anonymous(data) as clear:
        guard.inspect(clear, limits=_limits())
        run.save(force_insert=True)
        audit.record(by=by, verb="import.uploaded", obj=run)
        if not at_once and len(data) > READ_AT_ONCE:
            run.stored_as = storing.keep(data, run_id=run.pk)
            run.job = start_job(kind="clients.import.read", by=by, params={"run": str(run.pk)})
            run.save(update_fields=["stored_as", "job"])
            return run
        try:
            with transaction.atomic():
                _read(run, clear, by=by)
        except Refused as refused:
            if at_once or refused.code not in ENCODING_TROUBLE:
                raise
            run.stored_as = storing.keep(data, run_id=run.pk)
            _note_refusal(run, refused)
    return run


def _bytes_of(file: BinaryIO) -> bytes:
    """No more of the file than we would read anyway."""
    file.seek(0)
    limit = _limits().file_bytes
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Refused("file_too_big", size=file.seek(0, os.SEEK_END), limit=limit)
    return data


@transaction.atomic
def choose_encoding(run: ImportRun, *, by, encoding: str) -> ImportRun:
    """Reads a text file again as what a person says it is written in. Raises NotNow, or Refused with nothing changed."""
    run = _held(run, State.FAILED)
    if run.problem.get("code") not in ENCODING_TROUBLE or not run.stored_as:
        raise NotNow
    run.encoding, run.problem = encoding, {}
    with storing.open_kept(run.stored_as, run_id=run.pk) as clear:
        _read(run, clear, by=by)
    return run


def _note_refusal(run: ImportRun, refused: Refused) -> None:
    """Keeps the file only where a person can still help, by naming its encoding; previews are made when asked for."""
    params = {key: value for key, value in refused.params.items() if key != "candidates"}
    run.state, run.problem = State.FAILED, {"code": refused.code, "params": params}
    if refused.code not in ENCODING_TROUBLE:
        _forget_file(run)
    run.save()


@register("clients.import.read")
def read_chunk(job) -> bool:
    """Reads for some seconds; the next chunk goes on after the last row staged."""
    run = _run_of(job)
    until = time.monotonic() + SECONDS
    try:
        with transaction.atomic(), storing.open_kept(run.stored_as, run_id=run.pk) as clear:
            last = _read(run, clear, by=job.requested_by, after=job.cursor.get("row", 0), until=until)
    except Refused as refused:
        _note_refusal(run, refused)
        return False
    job.cursor = {"row": last}
    job.done = run.rows.count()
    return last is not None


def _read(run: ImportRun, clear: BinaryIO, *, by, after: int = 0, until: float | None = None) -> int | None:
    """Stages rows from the file, those after row `after`. None at the file's end, else the last row staged."""
    with open_sheet(clear, limits=_limits(), encoding=run.encoding or None) as sheet:
        headings, rows = find_headings(sheet.rows(), is_known)
        if not after:
            _take_headings(run, headings, sheet)
        last = _stage(run, (row for row in rows if row.number > after), by=by, after=after, until=until)
    if last is None:
        _end_of_rows(run)
    return last


def _take_headings(run: ImportRun, headings: Headings, sheet) -> None:
    width = headings.columns[-1].index + 1
    titles = [""] * width
    for column in headings.columns:
        titles[column.index] = column.title[:200]
    run.headings, run.heading_row, run.encoding = titles, headings.row, sheet.encoding
    saved = _saved_mapping(run.mapping.get("saved", ""), titles)
    run.mapping = saved or {"columns": match_headings(titles), "defaults": {}}
    run.warnings = list(_warnings(run, headings, sheet))
    run.save()


def _saved_mapping(name: str, titles: list[str]) -> dict | None:
    """A mapping saved by this name, or the last one saved for these very headings."""
    if name:
        found = ImportMapping.objects.filter(name=name).first()
        if found is None:
            raise Refused("no_such_mapping", name=name[:80])
    else:
        found = ImportMapping.objects.filter(signature=signature(titles)).order_by("-created_at").first()
    return found.columns if found and found.signature == signature(titles) else None


def _warnings(run: ImportRun, headings: Headings, sheet) -> Iterator[dict]:
    if headings.skipped:
        yield {"code": "rows_above", "params": {"rows": list(headings.skipped), "heading_row": headings.row}}
    if headings.blank:
        yield {"code": "blank_headings", "params": {"columns": list(headings.blank)}}
    for title, letters in headings.duplicates.items():
        yield {"code": "repeated_heading", "params": {"title": title, "columns": list(letters)}}
    mapped = {int(index) for index in run.mapping["columns"]}
    strange = [
        column.title
        for column in headings.columns
        if column.index not in mapped
        and column.title not in headings.duplicates
        and not is_ours(column.title)
    ]
    if strange:
        yield {"code": "unknown_headings", "params": {"titles": strange}}
    if len(sheet.sheets) > 1:
        yield {"code": "other_sheets", "params": {"sheets": sheet.sheets[1:]}}
    if earlier := earlier_import_of(run):
        yield {"code": "imported_before", "params": {"on": earlier.committed_at.date().isoformat()}}


def _stage(run: ImportRun, rows: Iterable[Row], *, by, after: int, until: float | None) -> int | None:
    judge = _judge(run, by=by, before=after + 1)
    last = after
    for batch in _batches(rows):
        copy_in(ImportRow, judge.judge(batch))
        last = batch[-1].number
        if until and time.monotonic() >= until:
            return last
    return None


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _judge(run: ImportRun, *, by, before: int) -> Judge:
    return Judge(
        run_id=run.pk,
        resource=ClientResource(people=PeopleByName(working_people()), today=clock.today(by)),
        columns={int(index): name for index, name in run.mapping["columns"].items()},
        defaults=run.mapping.get("defaults", {}),
        finder=Finder(by=by),
        seen=prints_of(run, before) if before > 1 else {},
    )


def _end_of_rows(run: ImportRun) -> None:
    run.counts = count_verdicts(run)
    if not run.counts["rows"]:
        raise Refused("no_rows")
    run.state = State.PREVIEW
    _forget_file(run)
    run.save()


def _forget_file(run: ImportRun) -> None:
    """The file goes when the transaction that no longer needs it has committed."""
    transaction.on_commit(partial(storing.forget, run.stored_as))
    run.stored_as = ""


# -- deciding -----------------------------------------------------------------------------------------------


@transaction.atomic
def map_columns(
    run: ImportRun, *, by, columns: dict[str, str], defaults: dict, save_as: str = ""
) -> ImportRun:
    """Says anew which column means what, and judges every row again. Raises NotNow."""
    run = _held(run, State.PREVIEW)
    run.mapping = {"columns": columns, "defaults": defaults}
    if save_as:
        ImportMapping.objects.update_or_create(
            name=save_as,
            defaults={"signature": signature(run.headings), "columns": run.mapping, "made_by": by},
        )
    if run.counts["rows"] <= JUDGE_AT_ONCE:
        _judge_again(run, by=by, after=0, until=None)
        _end_of_rows(run)
    else:
        run.state = State.READING
        run.job = start_job(
            kind="clients.import.judge", by=by, params={"run": str(run.pk)}, total=run.counts["rows"]
        )
    run.save()
    return run


@register("clients.import.judge")
def judge_chunk(job) -> bool:
    run = _run_of(job)
    until = time.monotonic() + SECONDS
    last = _judge_again(run, by=job.requested_by, after=job.cursor.get("row", 0), until=until)
    job.cursor = {"row": last}
    job.done = run.rows.filter(number__lte=last).count() if last else job.total
    if last is None:
        _end_of_rows(run)
    return last is not None


def _judge_again(run: ImportRun, *, by, after: int, until: float | None) -> int | None:
    judge = _judge(run, by=by, before=after + 1)
    while True:
        staged = list(run.rows.filter(number__gt=after).order_by("number")[:BATCH])
        if not staged:
            return None
        rows = [cells_of(row) for row in staged]
        ImportRow.objects.filter(pk__in=[row.pk for row in staged]).delete()
        copy_in(ImportRow, judge.judge(rows))
        after = staged[-1].number
        if until and time.monotonic() >= until:
            return after


@transaction.atomic
def decide_row(run: ImportRun, *, by, number: int, decision: str, client_id=None) -> ImportRow:
    """Answers a row the import asks about: "create", "update" (of one of its candidates), or "same": leave it.

    Raises NotNow where the import is past deciding, and ValueError for an answer the row does not offer.
    """
    run = _held(run, State.PREVIEW)
    row = ImportRow.objects.select_for_update().get(run=run, number=number, verdict=Verdict.ASK)
    chosen = UUID(str(client_id)) if decision == Verdict.UPDATE else None
    if chosen and chosen not in row.candidates:
        raise ValueError(f"{chosen} is not offered")
    if decision == Verdict.CREATE and any(reason["code"] in TAKEN for reason in row.reasons):
        raise ValueError("the number belongs to a client")
    if decision not in (Verdict.CREATE, Verdict.UPDATE, Verdict.SAME, ""):
        raise ValueError(decision)
    row.decision = decision
    row.client_id = chosen
    row.save(update_fields=["decision", "client_id"])
    return row


@transaction.atomic
def discard_import(run: ImportRun, *, by) -> None:
    """Drops an import that was not committed, with everything read from the file."""
    run = _held(run, State.PREVIEW, State.FAILED)
    audit.record(by=by, verb="import.discarded", obj=run)
    transaction.on_commit(partial(storing.forget, run.stored_as))
    run.delete()


# -- writing ------------------------------------------------------------------------------------------------


@transaction.atomic
def start_commit(run: ImportRun, *, by, wake: bool = True) -> ImportRun:
    """Lets the job write what the preview shows. Raises NotNow where it was started before.

    `wake=False`: the caller does the job itself.
    """
    run = _held(run, State.PREVIEW)
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
    run = _run_of(job)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_IMPORT_WRITES])
    rows = list(
        rows_to_write(run).only("run", "number", "verdict", "decision", "client_id", "values")[:CHUNK]
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
    """Writes rows as they stand now: where clients have come or changed since the preview, all are matched again."""
    values = {row.number: values_of(row) for row in rows}
    planned = {row.number: (row.verdict, row.client_id) for row in rows}
    if others_written_since(run.created_at - LONGEST_TRANSACTION, run):
        found = Finder(by=by, besides=created_by(run)).find(list(values.values()))
    else:
        found = [None] * len(rows)
    for row, finding in zip(rows, found, strict=True):
        _follow(row, finding)
    _refuse_hidden(rows, by)

    def of(verdict: str) -> list[tuple]:
        return [(row.client_id, values[row.number]) for row in rows if row.verdict == verdict]

    written = {
        "created": create_clients(of(Verdict.CREATE), by=by),
        "updated": update_clients(of(Verdict.UPDATE), by=by),
    }
    _note_written(rows, planned)
    return written


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
    run = _run_of(job)
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


@transaction.atomic
def note_hand_back(run: ImportRun, *, by) -> None:
    """The rows that did not get in were taken out as a workbook: an export like any other."""
    audit.record(by=by, verb="import.rows_handed_back", obj=run)


# -- keeping house ------------------------------------------------------------------------------------------


@transaction.atomic
def forget_old_imports() -> None:
    """Drops what old imports read from files: uncommitted runs altogether, of the others all but their figures."""
    long_ago = clock.now() - KEPT
    ImportRun.objects.filter(created_at__lt=long_ago, state__in=(State.PREVIEW, State.FAILED)).delete()
    ImportRow.objects.filter(run__state=State.DONE, run__committed_at__lt=long_ago).delete()
    storing.forget_older_than(KEPT.total_seconds(), now=clock.now().timestamp())


def _held(run: ImportRun, *states: str) -> ImportRun:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in states:
        raise NotNow(held.state)
    return held


def _run_of(job) -> ImportRun:
    return ImportRun.objects.select_for_update().get(pk=job.params["run"])


def _limits() -> Limits:
    return Limits(rows=current_policy().import_max_rows)
