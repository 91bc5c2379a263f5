"""What becomes of a row, and why."""

import pytest

from clients.actions.importing import writing
from clients.actions.importing.deciding import decide_row
from clients.actions.importing.judging import map_columns
from clients.actions.importing.reading import stage_import
from clients.actions.importing.runs import NotNow
from clients.actions.importing.upkeep import discard_import
from clients.actions.importing.writing import start_commit
from clients.importing.plan import Plan
from clients.models import Client, ImportMapping, ImportRow, ImportRun
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, Wall, WallPerson
from lawcrm.firm.spreadsheets.limits import Refused
from tests.clients.importing.build import HEADINGS, commit, csv_file, make_firm, person_row, stage, verdicts
from tests.data.make_samples import GOOD_ID, OTHER_ID
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_firm()


def only_row(run) -> ImportRow:
    return run.rows.get()


def test_a_later_row_that_says_the_same_is_nothing_new(admin):
    rows = [person_row("曾国荃", "13800000101", number=GOOD_ID)] * 2
    assert verdicts(stage(admin, rows)) == {2: "create", 3: "same"}


def test_a_later_row_that_says_otherwise_is_refused(admin):
    rows = [person_row("曾国荃", "13800000101"), person_row("曾 国荃", "138 0000 0101", note="more")]
    run = stage(admin, rows)
    assert verdicts(run) == {2: "create", 3: "refuse"}
    assert run.rows.get(number=3).problems[0]["params"] == {"row": 2}


def test_a_refused_row_is_not_what_a_later_one_repeats(admin):
    rows = [person_row("曾国荃", "13800000101", email="wrong"), person_row("曾国荃", "13800000101")]
    assert verdicts(stage(admin, rows)) == {2: "refuse", 3: "create"}


def test_new_values_update_and_empty_cells_erase_nothing(admin):
    commit(stage(admin, [person_row("曾国荃", "13800000101", number=GOOD_ID, note="first")]), admin)
    run = stage(admin, [person_row("曾国荃", "13800000199", number=GOOD_ID)])
    row = only_row(run)
    assert (row.verdict, row.changes) == ("update", {"phone": ["13800000101", "13800000199"]})
    run = commit(run, admin)
    client = Client.objects.get()
    assert (client.phone, client.note, client.version, run.counts["updated"]) == (
        "13800000199",
        "first",
        2,
        1,
    )
    changes = AuditEntry.objects.get(verb="client.changed").changes
    assert changes == {"phone": ["13800000101", "13800000199"]}
    assert not Client.objects.filter(search__isnull=True).exists()


def test_another_identity_number_is_another_person(admin):
    commit(stage(admin, [person_row("曾国荃", "13800000101", number=GOOD_ID)]), admin)
    assert only_row(stage(admin, [person_row("曾国荃", number=OTHER_ID)])).verdict == "create"


def test_secrets_are_masked_in_what_a_row_keeps_in_clear(admin):
    commit(stage(admin, [person_row("曾国荃", "13800000101")]), admin)
    row = only_row(stage(admin, [person_row("曾国荃", "13800000101", number=GOOD_ID)]))
    assert row.changes == {"identity_number": ["", "•••"]}
    stored = ImportRow.objects.filter(pk=row.pk).values()[0]
    assert GOOD_ID not in str({**stored, "cells": bytes(stored["cells"]), "values": bytes(stored["values"])})


def test_the_same_name_alone_is_asked_about_and_the_answer_holds(admin):
    commit(stage(admin, [person_row("张伟", "13800000101"), person_row("李静", "13800000102")]), admin)
    known = {client.name: client for client in Client.objects.all()}
    run = stage(
        admin,
        [
            person_row("张伟", "13800000201"),
            person_row("李静", "13800000202"),
            person_row("李静", "13800000203"),
        ],
    )
    assert verdicts(run) == {2: "ask", 3: "ask", 4: "ask"}
    with pytest.raises(ValueError):
        decide_row(run, by=admin, number=2, decision="update", client_id=str(known["李静"].pk))
    decide_row(run, by=admin, number=2, decision="update", client_id=str(known["张伟"].pk))
    decide_row(run, by=admin, number=3, decision="create")
    run = commit(run, admin)
    known["张伟"].refresh_from_db()
    assert known["张伟"].phone == "13800000201"
    assert sorted(Client.objects.values_list("phone", flat=True)) == [
        "13800000102",
        "13800000201",
        "13800000202",
    ]
    counts = run.counts
    assert (counts["created"], counts["updated"], counts["ask"]) == (1, 1, 1)
    assert sum(counts[name] for name in ("create", "update", "same", "ask", "refuse")) == counts["rows"] == 3


def test_what_came_between_preview_and_commit_is_seen(admin):
    first = stage(admin, [person_row("曾国荃", "13800000101", number=GOOD_ID)])
    second = stage(admin, [person_row("曾国荃", "13800000101", number=GOOD_ID)])
    assert commit(first, admin).counts["created"] == 1
    second = commit(second, admin)
    assert (second.counts["created"], second.counts["same"], Client.objects.count()) == (0, 1, 1)


def test_an_import_does_not_take_its_own_rows_for_known_clients(admin, monkeypatch):
    """Two people of one name in one list are two people, also when they are written in different chunks."""
    monkeypatch.setattr(writing, "CHUNK", 1)
    run = stage(admin, [person_row("张伟", "13800000101"), person_row("张伟", "13800000102")])
    assert run.counts["create"] == 2
    commit(stage(admin, [person_row("李静", "13800000103")]), admin)  # so that rows are matched again
    assert commit(run, admin).counts["created"] == 2


def test_a_client_behind_a_wall_is_neither_named_nor_touched(admin):
    commit(stage(admin, [person_row("曾国荃", "13800000101", number=GOOD_ID)]), admin)
    client = Client.objects.get()
    wall = Wall.objects.create(
        kind="client",
        target_id=client.pk,
        mode=Wall.Mode.EXCLUDES,
        reason="conflict",
        raised_by=make_person("partner"),
    )
    WallPerson.objects.create(wall=wall, user=admin)
    row = only_row(stage(admin, [person_row("曾国荃", "13800000199", number=GOOD_ID)]))
    assert (row.verdict, row.client_id, row.candidates, row.reasons) == ("refuse", None, [], [])
    assert [problem["code"] for problem in row.problems] == ["hidden_match"]


def test_columns_assigned_by_hand_and_kept_by_name(admin):
    headings = ["Wer", "Art", "Fon"]
    run = stage(
        admin, [["Ann Miller", "Person", "13800000101"], ["Bo Chen", "Person", "13800000102"]], headings
    )
    assert run.counts["refuse"] == 2
    lawyer = make_person("lawyer3")
    run = map_columns(
        run,
        by=admin,
        plan=Plan({0: "name", 1: "kind", 2: "phone"}, {"responsible": str(lawyer.pk)}),
        save_as="German",
    )
    assert run.counts["create"] == 2
    assert ImportMapping.objects.get().name == "German"
    again = stage(admin, [["Cy Lee", "Person", "13800000103"]], headings)
    assert again.counts["create"] == 1
    commit(again, admin)
    assert Client.objects.get().responsible == lawyer
    with pytest.raises(Refused):
        stage(admin, [["x", "y", "z"]], headings, saved="No such")


def test_a_run_moves_forward_only(admin):
    run = stage(admin, [person_row("曾国荃", "13800000101")])
    start_commit(run, by=admin)
    for forbidden in (
        lambda: start_commit(run, by=admin),
        lambda: discard_import(run, by=admin),
        lambda: map_columns(run, by=admin, plan=Plan({0: "name"})),
        lambda: decide_row(run, by=admin, number=2, decision="create"),
    ):
        with pytest.raises(NotNow):
            forbidden()


def test_rights_are_read_again_when_the_job_runs(admin):
    run = start_commit(stage(admin, [person_row("曾国荃", "13800000101")]), by=admin)
    admin.role = "lawyer"
    admin.save()
    assert run_next_chunk(run.job_id) is False
    run.job.refresh_from_db()
    assert (run.job.state, run.job.problem, Client.objects.count()) == ("failed", "no_permission", 0)


def test_a_file_that_is_refused_leaves_nothing(admin, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for bad in ([], [["", "", "", "", "", "", ""]]):
        with pytest.raises(Refused):
            stage(admin, bad)
    assert not ImportRun.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_headings_alone_are_refused(admin):
    with pytest.raises(Refused) as refused:
        stage_import(by=admin, file=csv_file([], HEADINGS), file_name="x.csv")
    assert refused.value.code == "no_rows"
