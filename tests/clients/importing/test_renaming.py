"""A client renamed by a list: the old name stays findable, the preview says so, and taking back puts it right."""

import pytest

from clients.actions.clients import update_client
from clients.actions.importing.undoing import start_undo
from clients.models import Client
from clients.presenters.import_cells import cell_lines
from lawcrm.firm.actions.jobs import run_next_chunk
from tests.clients.build import make_client
from tests.clients.importing.build import commit, make_firm, stage, verdicts

pytestmark = pytest.mark.django_db
HEADINGS = ["Name", "Kind", "Responsible lawyer", "Phone"]


@pytest.fixture
def admin():
    return make_firm()


def renaming(admin, headings=(), cells=()):
    row = ["Harbour Trading GmbH", "Private enterprise", "admin", "021-62340001", *cells]
    return stage(admin, [row], [*HEADINGS, *headings])


@pytest.fixture
def held(admin):
    return make_client(
        admin, name="Harbour Trading", kind="private", phone="021-62340001", former_names=["Portside"]
    )


def test_the_old_name_is_kept_as_in_the_form(admin, held):
    run = renaming(admin)
    assert verdicts(run) == {2: "update"}
    changes = run.rows.get().changes
    assert changes["former_names"] == [["Portside"], ["Portside", "Harbour Trading"]]
    line = next(one for one in cell_lines(run, run.rows.get(), held) if "ormer" in one.field)
    assert (line.now, "Harbour Trading" in line.after, line.column) == ("Portside", True, None)
    commit(run, admin)
    by_list = Client.objects.get()
    assert by_list.former_names == ["Portside", "Harbour Trading"]
    other = make_client(admin, name="Harbour Trading", kind="private", former_names=["Portside"])
    by_form = update_client(other, by=admin, version=1, changes={"name": "Harbour Trading GmbH"})
    assert by_form.former_names == by_list.former_names
    start_undo(run, by=admin)
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    held.refresh_from_db()
    assert (held.name, held.former_names) == ("Harbour Trading", ["Portside"])
    assert run.rows.get().outcome == "reversed"


def test_former_names_that_the_list_says_come_first(admin, held):
    run = renaming(admin, ["Former names"], ["Quayside"])
    assert run.rows.get().changes["former_names"] == [["Portside"], ["Quayside", "Harbour Trading"]]
    commit(run, admin)
    held.refresh_from_db()
    assert held.former_names == ["Quayside", "Harbour Trading"]


def test_a_name_that_only_reads_otherwise_leaves_no_trace(admin, held):
    row = ["HARBOUR  Trading", "Private enterprise", "admin", "021-62340001"]
    run = stage(admin, [row], HEADINGS)
    assert "former_names" not in run.rows.get().changes
