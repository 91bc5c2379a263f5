"""From an uploaded file to staged rows: small files at once, large ones by a worker."""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.db import transaction

from clients.actions.importing.foreign import columns_of, take_translation, titles_of, translation_of
from clients.actions.importing.judging import end_of_rows, stage_rows
from clients.actions.importing.runs import (
    ENCODING_TROUBLE,
    SECONDS,
    NotNow,
    State,
    forget_file,
    held,
    limits,
    run_of,
)
from clients.importing import storing
from clients.importing.columns import signature
from clients.importing.foreign.rows import Translation
from clients.importing.kinds import is_known, is_ours, kind_of, recognise
from clients.importing.templates import is_our_sheet, without_examples
from clients.models import ImportMapping, ImportRun
from clients.queries.importing import earlier_import_of
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.jobs import register
from lawcrm.firm.spreadsheets import guard
from lawcrm.firm.spreadsheets.headings import Headings, find_headings
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.reader import Row, open_sheet

READ_AT_ONCE = 256 * 1024  # bytes; larger files are read by a worker


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
        guard.inspect(clear, limits=limits())
        run.save(force_insert=True)
        audit.record(by=by, verb="import.uploaded", obj=run)
        if not at_once and len(data) > READ_AT_ONCE:
            run.stored_as = storing.keep(data, run_id=run.pk)
            run.job = start_job(kind="clients.import.read", by=by, params={"run": str(run.pk)})
            run.save(update_fields=["stored_as", "job"])
            return run
        try:
            with transaction.atomic():
                read_rows(run, clear, by=by)
        except Refused as refused:
            if at_once or refused.code not in ENCODING_TROUBLE:
                raise
            run.stored_as = storing.keep(data, run_id=run.pk)
            _note_refusal(run, refused)
    return run


def _bytes_of(file: BinaryIO) -> bytes:
    """No more of the file than we would read anyway."""
    file.seek(0)
    limit = limits().file_bytes
    data = file.read(limit + 1)
    if len(data) > limit:
        raise Refused("file_too_big", size=file.seek(0, os.SEEK_END), limit=limit)
    return data


@transaction.atomic
def choose_encoding(run: ImportRun, *, by, encoding: str) -> ImportRun:
    """Reads a text file again as what a person says it is written in. Raises NotNow, or Refused with nothing changed."""
    run = held(run, State.FAILED)
    if run.problem.get("code") not in ENCODING_TROUBLE or not run.stored_as:
        raise NotNow
    run.encoding, run.problem = encoding, {}
    with storing.open_kept(run.stored_as, run_id=run.pk) as clear:
        read_rows(run, clear, by=by)
    return run


def _note_refusal(run: ImportRun, refused: Refused) -> None:
    """Keeps the file only where a person can still help, by naming its encoding; previews are made when asked for."""
    params = {key: value for key, value in refused.params.items() if key != "candidates"}
    run.state, run.problem = State.FAILED, {"code": refused.code, "params": params}
    if refused.code not in ENCODING_TROUBLE:
        forget_file(run)
    run.save()


@register("clients.import.read")
def read_chunk(job) -> bool:
    """Reads for some seconds; the next chunk goes on after the last row staged."""
    run = run_of(job)
    until = time.monotonic() + SECONDS
    try:
        with transaction.atomic(), storing.open_kept(run.stored_as, run_id=run.pk) as clear:
            last = read_rows(run, clear, by=job.requested_by, after=job.cursor.get("row", 0), until=until)
    except Refused as refused:
        _note_refusal(run, refused)
        return False
    job.cursor = {"row": last}
    job.done = run.rows.count()
    return last is not None


def read_rows(
    run: ImportRun, clear: BinaryIO, *, by, after: int = 0, until: float | None = None
) -> int | None:
    """Stages rows from the file, those after row `after`. None at the file's end, else the last row staged."""
    options = {"encoding": run.encoding or None, "sheet": run.sheet or None}
    with open_sheet(clear, limits=limits(), **options) as sheet:
        headings, rows = find_headings(sheet.rows(), is_known)
        foreign = translation_of(headings, rows, sheet.format, by=by)
        if foreign:
            rows = iter(foreign.rows)
        rows = without_examples(rows, examples := [])
        if not after:
            _take_headings(run, headings, sheet)
        if foreign and not after:
            take_translation(run, foreign, by=by)
        last = stage_rows(run, (row for row in rows if row.number > after), by=by, after=after, until=until)
    if examples and not after:
        run.warnings.append({"code": "example_left_out", "params": {"rows": examples}})
        run.save(update_fields=["warnings"])
    if last is None:
        if examples and not run.sheet and not run.rows.exists() and (name := _sheet_with_rows(clear, sheet)):
            run.sheet = name  # our template, with nothing on its first sheet
            return read_rows(run, clear, by=by, until=until)
        if run.part_of_id is None:
            _read_parts(run, clear, sheet, by=by)
        if foreign and foreign.people:
            _stage_people(run, foreign, by=by)
        end_of_rows(run)
    return last


def _sheet_with_rows(clear: BinaryIO, read) -> str:
    """The next sheet that holds more than the example of our template."""
    others = [name for name in read.sheets if name != read.name and not is_our_sheet(name)]
    return next((name for name in others if not _is_template_only(clear, name)), "")


def _is_template_only(clear: BinaryIO, name: str) -> bool:
    """Whether the sheet holds the example of our template and nothing else."""
    with open_sheet(clear, limits=limits(), sheet=name) as sheet:
        try:
            rows = without_examples(find_headings(sheet.rows(), is_known)[1], examples := [])
            return not any(rows) and bool(examples)
        except Refused:
            return False


def _read_parts(run: ImportRun, clear: BinaryIO, read, *, by) -> None:
    """Further sheets of the workbook that hold people or contacts, each a preview of its own."""
    unread = []
    for name in read.sheets:
        if name == read.name or is_our_sheet(name):
            continue
        with open_sheet(clear, limits=limits(), sheet=name) as sheet:
            try:
                headings, rows = find_headings(sheet.rows(), is_known)
            except Refused:
                continue  # nothing in it
            titles = _titles_of(headings)
            kind = recognise(titles)
            if kind == ImportRun.Kind.CLIENTS and _is_template_only(clear, name):
                continue
            if (
                kind == ImportRun.Kind.CLIENTS
                or stage_part(run, by=by, kind=kind, titles=titles, rows=rows, sheet=name) is None
            ):
                unread.append(name)
    run.warnings = [warning for warning in run.warnings if warning["code"] != "other_sheets"]
    if unread:
        run.warnings.append({"code": "other_sheets", "params": {"sheets": unread}})


def _stage_people(run: ImportRun, found: Translation, *, by) -> None:
    """People at the companies of an address book: a list of their own, to be written after the companies."""
    stage_part(
        run,
        by=by,
        kind=ImportRun.Kind.PEOPLE,
        titles=titles_of(found.people_fields, by=by),
        rows=found.people,
        mapping=columns_of(found.people_fields),
    )


def stage_part(
    run: ImportRun,
    *,
    by,
    kind: str,
    titles: list[str],
    rows: Iterable[Row],
    sheet: str = "",
    mapping: dict | None = None,
) -> ImportRun | None:
    """Stages a further table of the same upload, to be looked at and written after the clients; None where it is empty.

    `mapping`: column number (as text) -> field; matched by the headings where it is not given.
    """
    part = ImportRun(
        part_of=run, kind=kind, made_by=by, sheet=sheet[:40], file_name=run.file_name, file_hash=run.file_hash,
        headings=[title[:200] for title in titles],
    )  # fmt: skip
    part.mapping = {"columns": mapping or kind_of(part).match_headings(titles), "defaults": {}}
    part.save(force_insert=True)
    stage_rows(part, without_examples(rows, []), by=by, after=0, until=None)
    if not part.rows.exists():
        part.delete()
        return None
    end_of_rows(part)
    return part


def _titles_of(headings: Headings) -> list[str]:
    titles = [""] * (headings.columns[-1].index + 1)
    for column in headings.columns:
        titles[column.index] = column.title[:200]
    return titles


def _take_headings(run: ImportRun, headings: Headings, sheet) -> None:
    titles = _titles_of(headings)
    run.headings, run.heading_row, run.encoding = titles, headings.row, sheet.encoding
    run.kind = recognise(titles)
    saved = _saved_mapping(run.mapping.get("saved", ""), titles)
    if saved:
        run.mapping = saved.columns
    else:
        run.mapping = {"columns": kind_of(run).match_headings(titles), "defaults": {}}
    run.warnings = list(_warnings(run, headings, sheet))
    if saved:
        run.warnings.append({"code": "recalled", "params": {"name": saved.name}})
    run.save()


def _saved_mapping(name: str, titles: list[str]) -> ImportMapping | None:
    """A mapping saved by this name, or the last one saved for these very headings."""
    if name:
        found = ImportMapping.objects.filter(name=name).first()
        if found is None:
            raise Refused("no_such_mapping", name=name[:80])
    else:
        found = ImportMapping.objects.filter(signature=signature(titles)).order_by("-created_at").first()
    return found if found and found.signature == signature(titles) else None


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
