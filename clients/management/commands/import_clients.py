"""manage.py import_clients FILE --by USER: the import wizard for the shell, with exit codes a script can rely on."""

import json
import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clients.actions.importing.reading import stage_import
from clients.actions.importing.writing import start_commit
from clients.importing.judging import cells_of
from clients.models import ImportRow, ImportRun
from clients.presenters.importing import UNDECIDED, heading_of, problem_text, reason_line
from clients.queries.importing import rows_to_hand_back
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import Job
from lawcrm.firm.queries.people import person_named
from lawcrm.firm.roles import may
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.messages import explain

ALL_IN, UNUSABLE, SOME_REFUSED = 0, 2, 3


class Unusable(Exception):
    """The file, or what was asked of it, is of no use; told in one line."""


class Command(BaseCommand):
    help = "Imports a client list (XLSX or CSV). Exit codes: 0 all rows in, 3 some refused, 2 file unusable."

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USER", help="user name of the person who imports")
        parser.add_argument("--mapping", default="", metavar="NAME", help="a saved assignment of columns")
        parser.add_argument("--encoding", default="", help="of a text file whose encoding cannot be told")
        parser.add_argument("--dry-run", action="store_true", help="tell what would happen; write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, **options):
        try:
            report = self._dry(options) if options["dry_run"] else self._wet(options)
        except (Unusable, Refused) as problem:
            text = explain(problem) if isinstance(problem, Refused) else str(problem)
            self._print_unusable(text, options)
            sys.exit(UNUSABLE)
        self._print(report, options)
        sys.exit(SOME_REFUSED if report["refused"] or report["ask"] else ALL_IN)

    def _dry(self, options) -> dict:
        with transaction.atomic():
            run = self._staged(options)
            report = _report(run, created=run.counts["create"], updated=run.counts["update"])
            transaction.set_rollback(True)
        return report

    def _wet(self, options) -> dict:
        run = self._staged(options)
        start_commit(run, by=run.made_by, wake=False)
        run.refresh_from_db()
        _work(run.job)
        run.refresh_from_db()
        for part in run.parts.order_by("-kind"):  # people before the contacts that name them
            _write_part(part)
        return _report(run, created=run.counts["created"], updated=run.counts["updated"])

    def _staged(self, options) -> ImportRun:
        person = person_named(options["by"])
        if person is None:
            raise Unusable(f"There is nobody called {options['by']}.")
        if not may(person, "clients.import"):
            raise Unusable(f"{options['by']} may not import clients.")
        path = Path(options["file"])
        try:
            with path.open("rb") as file:
                run = stage_import(
                    by=person,
                    file=file,
                    file_name=path.name,
                    saved=options["mapping"],
                    encoding=options["encoding"],
                    at_once=True,
                )
        except OSError as error:
            raise Unusable(f"{path} cannot be opened: {error.strerror}.") from None
        if run.state == ImportRun.State.FAILED:
            raise Refused(run.problem["code"], **run.problem["params"])
        return run

    def _print(self, report: dict, options) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        words = "{rows} rows: {created} created, {updated} updated, {same} same, {ask} to decide, {refused} refused."
        self.stdout.write(words.format(**report))
        for one in report["problems"]:
            where = f", {one['column']}" if one["column"] else ""
            self.stdout.write(f"Row {one['row']}{where}: {one['problem']}")

    def _print_unusable(self, text: str, options) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"error": text}, ensure_ascii=False))
        else:
            self.stderr.write(text)


def _work(job: Job) -> None:
    """Does the job here, beside a worker that may have taken it too; returns at its end."""
    while True:
        more = run_next_chunk(job.pk)
        job.refresh_from_db()
        if job.state in (Job.State.FAILED, Job.State.CANCELLED):
            raise CommandError(f"The import stopped ({job.problem}). What was written stays.")
        if job.state == Job.State.DONE:
            return
        if not more:
            time.sleep(0.1)


def _write_part(part: ImportRun) -> None:
    """A further sheet: judged again now that its clients are there, then written."""
    while part.state == ImportRun.State.READING:
        _work(part.job)
        part.refresh_from_db()
    start_commit(part, by=part.made_by, wake=False)
    part.refresh_from_db()
    _work(part.job)


def _report(run: ImportRun, *, created: int, updated: int) -> dict:
    counts = run.counts
    return {
        "rows": counts["rows"],
        "created": created,
        "updated": updated,
        "same": counts["same"],
        "ask": counts["ask"],
        "refused": counts["refuse"],
        "problems": [one for row in rows_to_hand_back(run) for one in _problems(run, row)],
        **({"sheets": [_sheet(part) for part in run.parts.order_by("-kind")]} if run.parts.exists() else {}),
    }


def _sheet(part: ImportRun) -> dict:
    """The same of a further sheet."""
    part.refresh_from_db()
    counts = part.counts
    created, updated = (
        counts.get(done, counts[planned]) for done, planned in (("created", "create"), ("updated", "update"))
    )
    return {"sheet": part.sheet, "kind": part.kind, **_report(part, created=created, updated=updated)}


def _problems(run: ImportRun, row: ImportRow) -> list[dict]:
    """Each reason why a row did not get in, with the heading and the value it is about."""
    if row.verdict == ImportRow.Verdict.ASK:
        why = f"{UNDECIDED} {reason_line(row.reasons)}."
        return [{"row": row.number, "column": "", "value": "", "problem": why}]
    cells = cells_of(row)
    found = []
    for one in row.problems:
        stood = cells[one["column"]].text if one["column"] is not None else ""
        found.append(
            {
                "row": row.number,
                "column": heading_of(run, one),
                "value": stood,
                "problem": problem_text(one, stood),
            }
        )
    return found
