"""Pausing, going on, stopping; and only what may be written."""

import pytest

from clients.actions.clients import update_client
from clients.actions.importing import writing
from clients.actions.importing.deciding import decide_all, fix_cell
from clients.actions.importing.judging import explain_words, map_columns
from clients.actions.importing.runs import NotNow
from clients.actions.importing.writing import pause_import, resume_import, start_commit, stop_import
from clients.importing.plan import LEAVE_OUT, Plan
from clients.models import Client
from lawcrm.firm.actions.jobs import run_next_chunk
from tests.clients.importing.build import HEADINGS, commit, make_firm, person_row, stage, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


def rows(count: int) -> list[list]:
    return [person_row(f"Client {n:04d} Miller", f"139{n:08d}") for n in range(count)]


@pytest.fixture
def begun(admin, monkeypatch):
    """An import of ten rows, four of them written."""
    monkeypatch.setattr(writing, "CHUNK", 4)
    run = start_commit(stage(admin, rows(10)), by=admin)
    assert run_next_chunk(run.job_id)
    return run


def work(run):
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


def test_paused_and_resumed(admin, begun):
    run = pause_import(begun, by=admin)
    assert (run.state, run_next_chunk(run.job_id), Client.objects.count()) == ("paused", False, 4)
    run = work(resume_import(run, by=admin))
    assert (run.state, run.counts["created"], run.counts["left"]) == ("done", 10, 0)
    assert (run.job.done, run.job.total) == (10, 10)
    with pytest.raises(NotNow):
        pause_import(run, by=admin)


def test_stopped_for_good(admin, begun):
    run = stop_import(begun, by=admin)
    assert (run.state, run.counts["created"], run.counts["left"]) == ("stopped", 4, 6)
    with pytest.raises(NotNow):
        resume_import(run, by=admin)


def test_goes_on_after_the_job_gave_up(admin, begun):
    with pytest.raises(NotNow):  # it is being written
        resume_import(begun, by=admin)
    begun.job.state = "failed"
    begun.job.save()
    assert work(resume_import(begun, by=admin)).counts["created"] == 10


LIST = [
    person_row("张伟", "13800000101", note="new", email="zw@example.com"),
    person_row("李静", "13800000102"),
]


def planned(admin, known=LIST, **plan):
    run = stage(admin, known)
    return map_columns(run, by=admin, plan=Plan(Plan.of(run.mapping).columns, **plan))


@pytest.fixture
def known(admin):
    commit(stage(admin, [person_row("张伟", "13800000101", note="old")]), admin)
    return Client.objects.get()


def test_only_adding(admin, known):
    run = planned(admin, mode="create")
    assert verdicts(run) == {2: "same", 3: "create"}
    assert commit(run, admin).counts["updated"] == 0
    known.refresh_from_db()
    assert known.note == "old"


def test_only_updating_needs_no_kind_and_refuses_strangers(admin, known):
    run = stage(
        admin,
        [["张伟", "13800000101", "x@example.com"], ["李静", "13800000102", ""]],
        ["Name", "Phone", "Email"],
    )
    assert verdicts(run) == {2: "refuse", 3: "refuse"}
    run = map_columns(run, by=admin, plan=Plan(Plan.of(run.mapping).columns, mode="update"))
    assert verdicts(run) == {2: "update", 3: "refuse"}
    assert run.rows.get(number=3).problems[0]["code"] == "only_updates"
    commit(run, admin)
    known.refresh_from_db()
    assert (known.email, known.kind) == ("x@example.com", "person")


def test_blanks_are_filled_and_nothing_written_over(admin, known):
    run = planned(admin, blanks=frozenset({"note", "email"}))
    assert list(run.rows.get(number=2).changes) == ["email"]
    commit(run, admin)
    known.refresh_from_db()
    assert (known.note, known.email) == ("old", "zw@example.com")


@pytest.mark.parametrize(("key", "verdict"), [("phone", "update"), ("email", "ask"), ("name", "create")])
def test_a_chosen_key_decides_alone(admin, known, key, verdict):
    run = planned(admin, [person_row("张玮玮", "13800000101", note="new")], match=key)
    assert verdicts(run)[2] == verdict or key == "email"


def test_what_changed_since_the_preview_is_compared_anew(admin, known):
    run = planned(admin, blanks=frozenset({"email"}))
    update_client(known, by=admin, version=known.version, changes={"email": "mine@example.com"})
    commit(run, admin)
    known.refresh_from_db()
    assert (known.email, known.note) == ("mine@example.com", "new")


def test_words_of_the_file_are_explained(admin):
    odd = [person_row("张伟"), person_row("李静"), person_row("王芳", lawyer="Old Partner")]
    odd[0][1], odd[1][1] = "Punter", "Somebody else"
    run = stage(admin, odd)
    run = explain_words(run, by=admin, name="kind", words={"punter": "person", "somebody else": LEAVE_OUT})
    run = explain_words(run, by=admin, name="responsible", words={"old partner": str(admin.pk)})
    assert verdicts(run) == {2: "create", 3: "refuse", 4: "create"}
    commit(run, admin)
    assert Client.objects.get(name="王芳").responsible == admin


def test_a_cell_is_fixed_in_place(admin):
    twice = [
        person_row("张伟", "138000001"),
        person_row("张伟", "13800000101"),
        person_row("张伟", "13800000101", note="x"),
    ]
    run = stage(admin, twice)
    assert verdicts(run) == {2: "refuse", 3: "create", 4: "refuse"}
    phone = HEADINGS.index("Phone")
    row = fix_cell(run, by=admin, number=2, column=phone, text="138 0000 0199")
    assert (row.verdict, run.rows.get(number=4).verdict) == ("create", "refuse")
    fix_cell(run, by=admin, number=3, column=HEADINGS.index("Note"), text="x")
    assert verdicts(run)[4] == "same"
    run.refresh_from_db()
    assert (run.counts["create"], run.counts["same"], run.counts["refuse"]) == (2, 1, 0)
    with pytest.raises(ValueError):
        fix_cell(run, by=admin, number=2, column=99, text="x")


def test_all_questions_answered_at_once(admin):
    commit(stage(admin, [person_row("张伟", "13800000101"), person_row("李静", "13800000102")]), admin)
    again = [person_row("张伟", "13800000201"), person_row("李静", "13800000202")]
    run = stage(admin, again)
    assert run.counts["ask"] == 2
    assert decide_all(run, by=admin, decision="update") == 2
    assert decide_all(run, by=admin, decision="create") == 0  # all answered
    assert set(run.rows.get(number=2).changes) == {"phone"}
    assert commit(run, admin).counts["updated"] == 2
    assert sorted(Client.objects.values_list("phone", flat=True)) == ["13800000201", "13800000202"]
