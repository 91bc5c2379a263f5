"""Files too large to be read while somebody waits: kept sealed, read by a worker, forgotten."""

import io
import stat
from datetime import timedelta

import pytest

from clients.actions.importing import judging, reading
from clients.actions.importing.judging import map_columns
from clients.actions.importing.reading import choose_encoding, stage_import
from clients.actions.importing.upkeep import forget_old_imports
from clients.importing import storing
from clients.importing.plan import Plan
from clients.models import Client, ImportRow, ImportRun
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.actions.retention import change_retention
from lawcrm.firm.spreadsheets.limits import Refused
from tests.clients.importing.build import commit, make_firm, person_row, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


def kept(tmp_path) -> list:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


def work(run: ImportRun) -> ImportRun:
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


def rows(count: int) -> list[list]:
    return [person_row(f"Client {n:04d} Miller", f"139{n:08d}") for n in range(count)]


def test_read_by_a_worker_in_several_chunks(admin, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(reading, "READ_AT_ONCE", 100)
    monkeypatch.setattr(judging, "BATCH", 10)
    monkeypatch.setattr(reading, "SECONDS", 0)
    run = stage(admin, rows(35) + [person_row("Client 0003 Miller", "13900000003", note="again")])
    (file,) = kept(tmp_path)
    assert (run.state, stat.S_IMODE(file.stat().st_mode), len(file.name)) == ("reading", 0o600, 32)
    assert b"Miller" not in file.read_bytes()
    with django_capture_on_commit_callbacks(execute=True):
        run = work(run)
    assert (run.state, run.stored_as, kept(tmp_path)) == ("preview", "", [])
    assert run.counts == {"rows": 36, "create": 35, "update": 0, "same": 0, "ask": 0, "refuse": 1}
    assert commit(run, admin).counts["created"] == 35


def test_judged_again_by_a_worker(admin, monkeypatch):
    run = stage(admin, rows(25))
    monkeypatch.setattr(judging, "JUDGE_AT_ONCE", 5)
    monkeypatch.setattr(judging, "BATCH", 10)
    monkeypatch.setattr(judging, "SECONDS", 0)
    columns = {0: "name", 2: "responsible", 3: "phone"}
    run = work(map_columns(run, by=admin, plan=Plan(columns, {"kind": "private"})))
    assert (run.state, run.counts["create"]) == ("preview", 25)
    commit(run, admin)
    assert set(Client.objects.values_list("kind", flat=True)) == {"private"}


def test_a_worker_that_cannot_read_says_so(admin, tmp_path, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(reading, "READ_AT_ONCE", 0)
    with django_capture_on_commit_callbacks(execute=True):
        run = work(stage(admin, []))
    assert (run.state, run.problem["code"], run.stored_as, kept(tmp_path)) == ("failed", "no_rows", "", [])


def test_an_unknown_encoding_waits_for_a_person(admin, tmp_path, django_capture_on_commit_callbacks):
    text = "客戶名稱,客戶性質,負責律師,電話\r\n張偉,自然人,lawyer,13811112222\r\n"
    run = stage_import(by=admin, file=io.BytesIO(text.encode("big5")), file_name="list.csv")
    assert (run.state, run.problem["code"], len(kept(tmp_path))) == ("failed", "encoding_unknown", 1)
    with pytest.raises(Refused):
        choose_encoding(run, by=admin, encoding="utf-8")
    with django_capture_on_commit_callbacks(execute=True):
        run = choose_encoding(run, by=admin, encoding="big5")
    assert (run.state, run.counts["create"], kept(tmp_path)) == ("preview", 1, [])


def test_old_imports_are_forgotten_but_their_figures(admin, tmp_path):
    done, open_run = commit(stage(admin, rows(2)), admin), stage(admin, rows(3))
    storing.keep(b"left behind", run_id="x")
    forget_old_imports()
    assert ImportRow.objects.count() == 5
    long_ago = clock.now() - timedelta(days=31)
    ImportRun.objects.update(created_at=long_ago)
    ImportRun.objects.filter(pk=done.pk).update(committed_at=long_ago)
    forget_old_imports()
    assert list(ImportRun.objects.values_list("pk", flat=True)) == [done.pk]
    assert not ImportRow.objects.exists()
    assert storing.forget_written_before(clock.now().timestamp() + 1) == 1
    assert open_run.pk != done.pk


def test_how_long_imports_are_kept_is_the_firms_to_say(admin):
    """A stopped import and one left in the middle go like any other; a paused one loses its rows, not its figures."""
    by_state = {}
    for state in ("done", "stopped", "undone", "paused", "preview", "reading"):
        run = stage(admin, rows(2))
        ended = clock.now() - timedelta(days=8) if state in ("done", "stopped", "undone") else None
        ImportRun.objects.filter(pk=run.pk).update(
            state=state, committed_at=ended, created_at=clock.now() - timedelta(days=8)
        )
        by_state[state] = run.pk
    forget_old_imports()
    assert ImportRow.objects.count() == 12  # thirty days, where the firm says nothing
    change_retention(by=admin, days={"imports": 7}, matter_keep_years=10, note="")
    forget_old_imports()
    assert not ImportRow.objects.exists()
    left = set(ImportRun.objects.values_list("pk", flat=True))
    assert left == {by_state[state] for state in ("done", "stopped", "undone", "paused")}
