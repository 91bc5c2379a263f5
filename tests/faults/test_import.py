"""An import survives its workers: no client lost, none twice, the audit trail in step."""

import random
import time

import pytest

from clients.actions.importing.writing import start_commit
from clients.models import Client, ImportRow, ImportRun
from lawcrm.firm.models import AuditEntry, Job
from tests.clients.importing.build import make_firm, person_row, stage

pytestmark = pytest.mark.django_db(transaction=True)
KILLS, ROWS = 20, 2_000


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
