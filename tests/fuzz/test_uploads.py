"""Every spoilt file ends in a preview or in one clear line; no process dies, none takes more than it may.

`make fuzz` runs 5,000 of them (FUZZ=, SEED=); here a sample. LAWCRM_FUZZ_ONLY=17,401 looks at those that broke something.
"""

import collections
import json
import logging
import os
import re
import resource
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from clients.actions.importing import reading
from clients.models import ImportRun
from clients.queries.importing import rows_to_write
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import Job
from lawcrm.firm.spreadsheets import reader
from lawcrm.firm.spreadsheets.limits import MB, Refused
from tests.clients.importing.build import make_firm
from tests.fuzz.mutations import Spoilt, spoilt

pytestmark = pytest.mark.django_db

COUNT = int(os.environ.get("LAWCRM_FUZZ", "150"))
SEED = int(os.environ.get("LAWCRM_FUZZ_SEED", "1"))
ONLY = [int(number) for number in os.environ.get("LAWCRM_FUZZ_ONLY", "").split(",") if number]
REPORT = os.environ.get("LAWCRM_FUZZ_REPORT")  # a folder
BLOCK = 50
NUMBERS = ONLY or range(COUNT)
MOST_MEMORY, MOST_SECONDS = 512 * MB, 60


class Figures:
    """What the files came to, and what each of them cost."""

    def __init__(self):
        self.outcomes: collections.Counter = collections.Counter()
        self.faults: list[str] = []
        self.reader_mb = self.reader_seconds = self.slowest = 0.0

    def used(self, used: dict) -> None:
        self.reader_mb = max(self.reader_mb, used["peak_kb"] / 1024)
        self.reader_seconds = max(self.reader_seconds, used["seconds"])

    def write(self, name: str) -> None:
        told = {
            "outcomes": dict(self.outcomes),
            "faults": self.faults,
            "reader_mb": self.reader_mb,
            "reader_seconds": self.reader_seconds,
            "slowest": self.slowest,
            "own_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        (Path(REPORT) / name).write_text(json.dumps(told))


@pytest.fixture
def figures(monkeypatch):
    """The reader's children tell what they used."""
    figures, messages = Figures(), reader._messages

    def heard(process, stopwatch):
        try:
            for message in messages(process, stopwatch):
                if isinstance(message, dict) and "used" in message:
                    figures.used(message["used"])
                yield message
        except Refused as refused:
            if "used" in refused.params:
                figures.used(refused.params.pop("used"))
            raise

    monkeypatch.setattr(reader, "_messages", heard)
    monkeypatch.setattr(reader, "_CHILD", "tests.fuzz.measured_child")
    return figures


@pytest.fixture
def browser(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    client.force_login(make_firm())
    return client


@pytest.fixture
def small_jobs(monkeypatch):
    """Most files are small: some of them, too, go the way of the large ones, through a worker."""
    monkeypatch.setattr(reading, "READ_AT_ONCE", 20_000)


@pytest.mark.parametrize("first", range(0, len(NUMBERS), BLOCK))
def test_no_file_breaks_the_import(first, browser, small_jobs, figures, caplog):
    caplog.set_level(logging.ERROR)
    for number in NUMBERS[first : first + BLOCK]:
        file = spoilt(SEED, number)
        caplog.clear()
        try:
            with transaction.atomic():
                figures.outcomes[_walk(browser, file, figures)] += 1
                transaction.set_rollback(True)
        except Exception as error:  # what a visitor would see as a 500
            figures.outcomes["fault"] += 1
            figures.faults.append(f"{number} ({file.kind}): {type(error).__name__}: {error}"[:400])
        figures.faults += [
            f"{number} ({file.kind}): {record.getMessage()[:300]}" for record in caplog.records
        ]
    if REPORT:
        figures.write(f"{first}.json")
    assert figures.faults == []
    assert figures.reader_mb * MB <= MOST_MEMORY
    assert figures.reader_seconds <= MOST_SECONDS
    assert figures.slowest <= MOST_SECONDS


def _walk(browser, file: Spoilt, figures: Figures) -> str:
    """Uploads a file and looks at all it leads to; what became of it, in a word."""
    started = time.monotonic()
    upload = SimpleUploadedFile(file.name, file.data)
    answer = browser.post(reverse("clients:import_upload"), {"file": upload})
    run = ImportRun.objects.filter(part_of=None).order_by("id").last()
    if run and run.state == ImportRun.State.READING:
        _work(run)
    figures.slowest = max(figures.slowest, time.monotonic() - started)
    if answer.status_code == 422:
        _clear_line(answer)
        return "refused at once"
    assert answer.status_code == 302, answer.status_code
    run.refresh_from_db()
    if run.state == ImportRun.State.FAILED:
        return _failed(browser, run, file.number)
    _previewed(browser, run, file.number)
    return "previewed"


def _work(run: ImportRun) -> None:
    while run_next_chunk(run.job_id):
        pass
    job = Job.objects.get(pk=run.job_id)
    assert job.state == Job.State.DONE, (job.state, job.problem)


def _get(browser, name: str, run: ImportRun, query: str = "") -> str:
    answer = browser.get(reverse(name, args=[run.pk]) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode("utf-8", "replace") if "html" in answer.headers["Content-Type"] else ""


def _clear_line(answer) -> None:
    errors = [str(text) for texts in answer.context["form"].errors.values() for text in texts]
    assert errors
    for text in errors:
        assert text.strip().endswith((".", "。"))
        assert not re.search(r"%\(|Traceback|Error\b|None", text), text
        assert "could not be read. Open it in" not in text, "a fault of the reader's own"


def _failed(browser, run: ImportRun, number: int) -> str:
    """The page says why; where the encoding is asked for, the answer leads on."""
    code = run.problem["code"]
    assert code != "unreadable"
    _get(browser, "clients:import_preview", run)
    if code not in ("encoding_unknown", "wrong_encoding"):
        return "refused by the worker"
    if number % 2:
        answer = browser.post(reverse("clients:import_encoding", args=[run.pk]), {"encoding": "cp1252"})
        assert answer.status_code == 302
        _get(browser, "clients:import_preview", run)
    return "asked for its encoding"


def _previewed(browser, run: ImportRun, number: int) -> None:
    verdicts = [run.counts[verdict] for verdict in ("create", "update", "same", "ask", "refuse")]
    assert sum(verdicts) == run.counts["rows"]
    for part in (run, *run.parts.all()):
        _get(browser, "clients:import_preview", part)
    if number % 3 == 0:
        _get(browser, "clients:import_columns", run)
        row = reverse("clients:import_row", args=[run.pk, run.rows.order_by("number").first().number])
        assert browser.get(row).status_code == 200
    if number % 3 == 1:
        assert browser.post(reverse("clients:import_refused", args=[run.pk])).status_code == 200
    if rows_to_write(run).exists():
        _written(browser, run)


def _written(browser, run: ImportRun) -> None:
    """What was previewed can be written, and what speaks of it after it."""
    assert browser.post(reverse("clients:import_commit", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    _work(run)
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE
    assert run.counts["created"] == run.counts["create"]
    _get(browser, "clients:import_preview", run)
    for part in run.parts.filter(state=ImportRun.State.PREVIEW).order_by("id"):
        if rows_to_write(part).exists():
            _written(browser, part)
