"""Taking an import back: all of it, and nothing that anybody did by hand."""

from datetime import date

import pytest

from clients.actions.clients import create_client, update_client
from clients.actions.importing.judging import map_columns
from clients.actions.importing.runs import NotNow
from clients.actions.importing.undoing import start_undo
from clients.actions.merging import merge_clients
from clients.actions.people import add_person
from clients.actions.trash import trash_clients
from clients.importing.plan import Plan
from clients.models import Client, ImportRow
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, User, Wall, WallPerson
from tests.clients.importing.build import commit, make_firm, person_row, stage
from tests.data.make_samples import GOOD_ID, OTHER_ID

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


@pytest.fixture
def known(admin):
    """A client the firm has already, which the list changes."""
    lawyer = User.objects.get(username="lawyer")
    return create_client(
        by=admin, name="张伟", kind="person", responsible=lawyer, phone="13800000101", identity_number=GOOD_ID,
        client_since=date(2020, 1, 2), note="old",
    )  # fmt: skip


def take_back(run, by):
    run = start_undo(run, by=by)
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


def outcomes(run) -> dict:
    return {row.number: (row.outcome, [why["code"] for why in row.why]) for row in run.rows.all()}


def changing(admin, **more):
    return commit(
        stage(
            admin,
            [
                person_row(
                    "张伟",
                    "13800000101",
                    note="new",
                    email="zw@example.com",
                    number=GOOD_ID,
                    lawyer="lawyer2",
                ),
                person_row("李静", "13800000102", number=OTHER_ID),
            ],
            **more,
        ),
        admin,
    )


def test_everything_becomes_what_it_was(admin, known):
    before = {name: value for name, value in Client.objects.values().get().items()}
    run = changing(admin)
    assert (run.counts["created"], run.counts["updated"]) == (1, 1)
    run = take_back(run, admin)
    after = Client.objects.values().get()
    unlike = {name for name in before if before[name] != after[name]}
    assert unlike <= {"version", "updated_at", "identity_number", "registration_number", "background"}
    assert Client.objects.get().identity_number == GOOD_ID
    assert (run.state, run.undone_by) == ("undone", admin)
    assert [run.counts[name] for name in ("reversed", "kept", "failed")] == [2, 0, 0]
    verbs = list(AuditEntry.objects.filter(verb__startswith="client.import_").values_list("verb", flat=True))
    assert sorted(verbs) == ["client.import_removed", "client.import_reversed"]
    assert AuditEntry.objects.get(verb="import.undone").detail["reversed"] == 2


def test_a_sealed_number_comes_back(admin, known):
    headings = ["Name", "Phone", "Identity number", "Kind", "Responsible lawyer"]
    other = stage(admin, [["张伟", "13800000101", OTHER_ID, "Person", "lawyer"]], headings)
    other.mapping["match"] = "phone"
    other.save()
    run = map_columns(other, by=admin, plan=Plan.of(other.mapping))
    assert run.counts["update"] == 1
    run = commit(run, admin)
    assert Client.objects.get().identity_number == OTHER_ID
    take_back(run, admin)
    assert Client.objects.get().identity_number == GOOD_ID


def test_what_was_edited_since_is_kept_and_named(admin, known):
    run = changing(admin)
    for client in Client.objects.all():
        update_client(client, by=admin, version=client.version, changes={"note": "by hand"})
    run = take_back(run, admin)
    assert outcomes(run) == {2: ("kept", ["edited"]), 3: ("kept", ["edited"])}
    assert set(Client.objects.values_list("note", flat=True)) == {"by hand"}
    assert ImportRow.objects.get(run=run, number=2).why[0]["params"] == {"fields": ["note"]}


def test_an_edit_of_something_else_does_not_hinder(admin, known):
    run = changing(admin)
    known.refresh_from_db()
    update_client(known, by=admin, version=known.version, changes={"industry": "steel"})
    run = take_back(run, admin)
    assert outcomes(run)[2] == ("reversed", [])
    known.refresh_from_db()
    assert (known.note, known.industry, known.email) == ("old", "steel", "")


def test_a_new_client_that_is_in_use_is_kept(admin):
    run = commit(stage(admin, [person_row("李静", "13800000102")]), admin)
    client = Client.objects.get()
    add_person(by=admin, client=client, name="王芳", role="other")
    run = take_back(run, admin)
    assert outcomes(run) == {2: ("kept", ["in_use"])}
    assert run.rows.get().why[0]["params"]["what"] == ["clients.clientperson"]
    assert Client.objects.count() == 1


def test_clients_behind_a_wall_or_gone_are_told_as_failed(admin, known):
    run = changing(admin)
    wall = Wall.objects.create(
        kind="client", target_id=known.pk, mode=Wall.Mode.EXCLUDES, reason="conflict", raised_by=admin
    )
    WallPerson.objects.create(wall=wall, user=admin)
    Client.objects.exclude(pk=known.pk).delete()
    run = take_back(run, admin)
    assert outcomes(run) == {2: ("failed", ["hidden"]), 3: ("failed", ["gone"])}


def test_only_once_and_only_what_was_written(admin):
    run = stage(admin, [person_row("李静", "13800000102")])
    with pytest.raises(NotNow):
        start_undo(run, by=admin)
    run = take_back(commit(run, admin), admin)
    with pytest.raises(NotNow):
        start_undo(run, by=admin)
    assert not Client.objects.exists()
    again = commit(stage(admin, [person_row("李静", "13800000102")]), admin)
    assert again.counts["created"] == 1


def test_what_was_merged_or_thrown_away_since_is_kept_and_leads_to_where_it_went(admin, known, client):
    run = commit(stage(admin, [person_row("李静", "13800000102"), person_row("王芳", "13800000103")]), admin)
    merged, thrown = (Client.objects.get(name=name) for name in ("李静", "王芳"))
    versions = (known.version, merged.version)
    merge_clients(keep=known, absorb=merged, by=admin, versions=versions, choices={})
    trash_clients([thrown], by=admin)
    run = take_back(run, admin)
    assert outcomes(run) == {2: ("kept", ["merged"]), 3: ("kept", ["trashed"])}
    assert [run.counts[name] for name in ("reversed", "kept", "failed")] == [0, 2, 0]
    client.force_login(admin)
    page = client.get(f"/clients/import/{run.pk}/?outcome=kept").content.decode()
    assert "Made one with another client since" in page and f"/clients/{merged.pk}/" in page
    assert client.get(f"/clients/{merged.pk}/").headers["Location"] == f"/clients/{known.pk}/"
    assert client.get(f"/clients/import/{run.pk}/rows/2/").status_code == 200


def test_what_was_taken_back_is_told_by_name_but_never_behind_a_wall(admin, client):
    run = take_back(commit(stage(admin, [person_row("李静", "13800000102")]), admin), admin)
    client.force_login(admin)
    url = f"/clients/import/{run.pk}/?outcome=reversed"
    page = client.get(url).content.decode()
    row = run.rows.get()
    assert "李静" in page and "A client not open to you" not in page
    assert f"/clients/{row.client_id}/" not in page  # there is nothing to go to
    assert client.get(f"/clients/import/{run.pk}/rows/2/").status_code == 200
    wall = Wall.objects.create(
        kind="client", target_id=row.client_id, mode=Wall.Mode.EXCLUDES, reason="conflict", raised_by=admin
    )
    WallPerson.objects.create(wall=wall, user=admin)
    assert "李静" not in client.get(url).content.decode()
    assert client.get(f"/clients/import/{run.pk}/rows/2/").status_code == 404
