"""An import survives its workers: no client lost, none twice, the audit trail in step."""

import io
import random
import time

import openpyxl
import pytest

from clients.actions.importing import reading
from clients.actions.importing.reading import stage_import
from clients.actions.importing.writing import start_commit
from clients.models import Client, ImportRow, ImportRun
from lawcrm.firm.models import AuditEntry, Job
from tests.clients.importing.build import HEADINGS, make_firm, person_row, stage

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, ROWS = 20, 2_000
SHEET_ROWS = 60


def done_of(run) -> int:
    return Job.objects.values_list("done", flat=True).get(pk=run.job_id)


def test_workers_killed_at_twenty_random_points_of_an_import(machinery):
    """Each worker gets a chunk or two done, then dies in the middle of the next. (Rivals: test_jobs.)"""
    admin = make_firm()
    names = [f"Client {number:05d} Miller" for number in range(ROWS)]
    rows = [person_row(name, f"139{number:08d}") for number, name in enumerate(names)]
    run = start_commit(stage(admin, rows, at_once=True), by=admin)
    machinery.beat()
    chance = random.Random()
    for _ in range(KILLS):
        worker = machinery.worker()
        come = done_of(run)
        machinery.wait(lambda come=come: done_of(run) > come)
        time.sleep(chance.uniform(0, 0.05))
        worker.kill()
    assert done_of(run) < ROWS, "the import was over before the killing was"
    machinery.worker()
    machinery.wait(lambda: ImportRun.objects.get(pk=run.pk).state == "done", seconds=120)
    assert sorted(Client.objects.values_list("name", flat=True)) == names
    assert AuditEntry.objects.filter(verb="client.created").count() == ROWS
    assert ImportRow.objects.filter(run=run, applied_at__isnull=False).count() == ROWS
    run.refresh_from_db()
    assert (run.counts["created"], run.counts["rows"]) == (ROWS, ROWS)


def book() -> io.BytesIO:
    """Clients, people and past contacts, a sheet each."""
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    sheets = {
        "Clients": [HEADINGS, *(person_row(name_of(one), f"139{one:08d}") for one in range(SHEET_ROWS))],
        "People": [
            ["Client", "Name", "Role", "Phone"],
            *([name_of(one), f"Anna Bell {one}", "Payer", f"138{one:08d}"] for one in range(SHEET_ROWS)),
        ],
        "Contacts": [
            ["Client", "Date", "Channel", "Logged by", "Note"],
            *([name_of(one), "2024-03-05", "Phone", "lawyer", f"Note {one}"] for one in range(SHEET_ROWS)),
        ],
    }
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(buffer)
    return buffer


def name_of(one: int) -> str:
    return f"Client {one:05d} Miller"


def rows_staged() -> int:
    return ImportRow.objects.count()


def test_workers_killed_while_they_read_a_workbook_of_three_sheets(machinery, monkeypatch):
    """Each sheet is read some rows at a time (tests/faults/kinds.py), and whoever goes on finds the row and the sheet."""
    monkeypatch.setattr(reading, "READ_AT_ONCE", 0)
    admin = make_firm()
    run = stage_import(by=admin, file=book(), file_name="book.xlsx")
    machinery.beat()
    chance = random.Random()
    for part in range(1, 10):
        worker = machinery.worker()
        come = rows_staged()
        machinery.wait(lambda come=come, part=part: rows_staged() > max(come, 3 * SHEET_ROWS * part // 11))
        time.sleep(chance.uniform(0, 0.05))
        worker.kill()
    assert ImportRun.objects.get(pk=run.pk).state == "reading", "it was read before the killing was over"
    machinery.worker()
    machinery.wait(lambda: ImportRun.objects.get(pk=run.pk).state == "preview", seconds=120)
    parts = {one.kind: one for one in [ImportRun.objects.get(pk=run.pk), *run.parts.all()]}
    assert sorted(parts) == ["clients", "contacts", "people"]
    for part in parts.values():
        assert part.state == "preview"
        assert list(part.rows.values_list("number", flat=True)) == list(range(2, SHEET_ROWS + 2))
        assert part.counts["create"] == SHEET_ROWS
