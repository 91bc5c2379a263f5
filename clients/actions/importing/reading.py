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
from clients.importing.contact_columns import contact_columns, names_of_contacts
from clients.importing.foreign.rows import Translation
from clients.importing.kinds import is_known, is_ours, kind_of, recognise
from clients.importing.plan import Plan
from clients.importing.templates import is_our_sheet, without_examples
from clients.models import ImportMapping, ImportRun
from clients.queries.importing import earlier_import_of, rows_read
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.jobs import register
from lawcrm.firm.spreadsheets import guard
from lawcrm.firm.spreadsheets.headings import Headings, find_headings
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.reader import open_sheet

READ_AT_ONCE = 256 * 1024  # bytes; larger files are read by a worker
_LONGEST_SHEET = 40  # no program makes longer names


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
    """Reads for some seconds; the next chunk goes on after the last row staged, of whatever sheet."""
    run = run_of(job)
    until = time.monotonic() + SECONDS
    try:
        with transaction.atomic(), storing.open_kept(run.stored_as, run_id=run.pk) as clear:
            place = read_rows(run, clear, by=job.requested_by, place=job.cursor, until=until)
    except Refused as refused:
        run.parts.all().delete()
        _note_refusal(run, refused)
        return False
    job.cursor = place or {}
    job.done = rows_read(run)
    return place is not None


def read_rows(
    run: ImportRun, clear: BinaryIO, *, by, place: dict | None = None, until: float | None = None
) -> dict | None:
    """Stages the rows of a file, those behind `place`: {"row": the last one staged, "part": of which further table}.

    None at the file's end, else the place to go on from.
    """
    place = place or {}
    has_read = not place.get("part")
    if has_read:
        last = _read_first(run, clear, by=by, after=place.get("row", 0), until=until)
        if last is not None:
            return {"row": last}
    for part in run.parts.filter(state=State.READING).order_by("pk"):
        last = place["row"] if place.get("part") == str(part.pk) else 0
        if not (has_read and _over(until)):
            last, has_read = _read_part(part, clear, by=by, after=last, until=until), True
        if last is not None:
            return {"part": str(part.pk), "row": last}
        _end_part(run, part)
    end_of_rows(run)
    return None


def _over(until: float | None) -> bool:
    return until is not None and time.monotonic() >= until


def _read_first(run: ImportRun, clear: BinaryIO, *, by, after: int, until: float | None) -> int | None:
    """The first table; at its end the further ones are known, and wait."""
    options = {
        "encoding": run.encoding or None,
        "sheet": run.sheet or None,
        "after": _passed(run, after),
    }
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
            return _read_first(run, clear, by=by, after=0, until=until)
        if not foreign:
            _begin_contacts(run, sheet.name, by=by)
        _begin_sheets(run, clear, sheet, by=by)
        if foreign and foreign.people:
            _begin_people(run, foreign, by=by)
    return last


def _passed(run: ImportRun, after: int) -> int:
    """The rows that the reader need not send again; a file of another program is put together from all of them."""
    return 0 if any(warning["code"] == "foreign" for warning in run.warnings) else after


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


def _begin_sheets(run: ImportRun, clear: BinaryIO, read, *, by) -> None:
    """Further sheets of the workbook that hold people or contacts, each a preview of its own."""
    unread = []
    for name in read.sheets:
        if name == read.name or is_our_sheet(name):
            continue
        with open_sheet(clear, limits=limits(), sheet=name) as sheet:
            try:
                headings, _rows = find_headings(sheet.rows(), is_known)
            except Refused:
                continue  # nothing in it
        titles = _titles_of(headings)
        kind = recognise(titles)
        if _is_template_only(clear, name):
            continue
        if kind == ImportRun.Kind.CLIENTS or len(name) > _LONGEST_SHEET:
            unread.append(name)
        else:
            begin_part(run, by=by, kind=kind, titles=titles, sheet=name)
    run.warnings = [warning for warning in run.warnings if warning["code"] != "other_sheets"]
    if unread:
        run.warnings.append({"code": "other_sheets", "params": {"sheets": unread}})
    run.save(update_fields=["warnings"])


def _begin_contacts(run: ImportRun, sheet: str, *, by) -> None:
    """People named in the rows of a client list: the same table once more, read for them."""
    columns = Plan.of(run.mapping).columns
    found = contact_columns(run.headings, columns) if run.kind == ImportRun.Kind.CLIENTS else {}
    if not found or len(sheet) > _LONGEST_SHEET:
        return
    begin_part(
        run,
        by=by,
        kind=ImportRun.Kind.PEOPLE,
        titles=run.headings,
        sheet=sheet,
        mapping={str(index): name for index, name in found.items()},
    )
    told = {"code": "people_in_rows", "params": {"titles": names_of_contacts(run.headings, found)}}
    run.warnings = [
        told,
        *(one for one in run.warnings if one["code"] != "unknown_headings"),
        *_strange(run, found),
    ]
    run.save(update_fields=["warnings"])


def _strange(run: ImportRun, found: Iterable[int]) -> list[dict]:
    """What of the unknown headings is unknown still."""
    known = {run.headings[index] for index in found}
    said = [one["params"]["titles"] for one in run.warnings if one["code"] == "unknown_headings"]
    left = [title for titles in said for title in titles if title not in known]
    return [{"code": "unknown_headings", "params": {"titles": left}}] if left else []


def _begin_people(run: ImportRun, found: Translation, *, by) -> None:
    """People at the companies of an address book: a list of their own, to be written after the companies."""
    begin_part(
        run,
        by=by,
        kind=ImportRun.Kind.PEOPLE,
        titles=titles_of(found.people_fields, by=by),
        mapping=columns_of(found.people_fields),
    )


def begin_part(
    run: ImportRun, *, by, kind: str, titles: list[str], sheet: str = "", mapping: dict | None = None
) -> ImportRun:
    """A further table of the same upload, to be looked at and written after the clients; its rows are yet to be read.

    `sheet`: where they stand; "": among the entries of an address book. `mapping`: column number (as text) -> field;
    matched by the headings where it is not given.
    """
    part = ImportRun(
        part_of=run, kind=kind, made_by=by, sheet=sheet, file_name=run.file_name, file_hash=run.file_hash,
        headings=[title[:200] for title in titles],
    )  # fmt: skip
    part.mapping = {"columns": mapping or kind_of(part).match_headings(titles), "defaults": {}}
    part.save(force_insert=True)
    return part


def _read_part(part: ImportRun, clear: BinaryIO, *, by, after: int, until: float | None) -> int | None:
    of_sheet = (
        {"sheet": part.sheet, "after": after} if part.sheet else {"encoding": part.part_of.encoding or None}
    )
    with open_sheet(clear, limits=limits(), **of_sheet) as sheet:
        headings, rows = find_headings(sheet.rows(), is_known)
        if not part.sheet and (foreign := translation_of(headings, rows, sheet.format, by=by)):
            rows = iter(foreign.people)
        rows = without_examples(rows, [])
        return stage_rows(part, (row for row in rows if row.number > after), by=by, after=after, until=until)


def _end_part(run: ImportRun, part: ImportRun) -> None:
    if part.rows.exists():
        end_of_rows(part)
        return
    part.delete()  # headings alone
    if part.sheet:
        other = next((one for one in run.warnings if one["code"] == "other_sheets"), None)
        if other is None:
            run.warnings.append(other := {"code": "other_sheets", "params": {"sheets": []}})
        other["params"]["sheets"].append(part.sheet)


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
