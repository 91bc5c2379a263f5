"""Work on many clients: what is meant, what is done, what is taken back, and what others changed meanwhile."""

from datetime import timedelta

import pytest

from clients.actions import bulk_edit
from clients.actions.bulk_edit import Selection, count_selected, do_bulk, undo_bulk
from clients.actions.clients import update_client
from clients.actions.grading import decide_grade
from clients.actions.tags import make_tag, set_tags
from clients.bulk_actions import bulk_action
from clients.models import BulkChange, Client, GradeDecision
from interactions.models import FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, Wall, WallPerson
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def heir():
    return make_person("lawyer2")


def listed(**state) -> Selection:
    return Selection(state={"conditions": [], "words": "", **state})


def states(edit) -> dict:
    return edit.changes.counted()


def assign_to(person) -> dict:
    return {"responsible": str(person.pk)}


def test_a_list_is_assigned_and_taken_back(partner, lawyer, heir):
    made = [make_client(lawyer, grade=grade) for grade in "AAB"] + [make_client(heir, grade="A")]
    chosen = listed(conditions=[["grade", "A"]])
    assert count_selected(chosen, partner) == 3
    edit = do_bulk(bulk_action("assign"), by=partner, params=assign_to(heir), selection=chosen)
    assert states(edit) == {"done": 2, "same": 1}
    assert set(Client.objects.filter(responsible=heir)) == {made[0], made[1], made[3]}
    undo_bulk(edit, by=partner)
    assert states(edit) == {"undone": 2, "same": 1}
    assert set(Client.objects.filter(responsible=heir)) == {made[3]}
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-6:] == ["client.changed", "client.changed", "bulk.done"] + [
        "client.changed", "client.changed", "bulk.undone",
    ]  # fmt: skip


def test_what_others_changed_since_is_kept_and_listed(partner, lawyer, heir):
    one, two = make_client(lawyer), make_client(lawyer)
    edit = do_bulk(bulk_action("assign"), by=partner, params=assign_to(heir), selection=listed())
    one.refresh_from_db()
    update_client(one, by=partner, version=one.version, changes={"responsible": partner})
    two.refresh_from_db()
    update_client(two, by=partner, version=two.version, changes={"phone": "021 5555 0000"})
    undo_bulk(edit, by=partner)
    assert states(edit) == {"kept": 1, "undone": 1}
    assert edit.changes.get(state=BulkChange.State.KEPT).client == one
    two.refresh_from_db()
    assert (two.responsible, bool(two.phone)) == (lawyer, True)


def test_undoing_twice_does_nothing_twice(partner, lawyer, heir):
    client = make_client(lawyer)
    edit = do_bulk(bulk_action("assign"), by=partner, params=assign_to(heir), selection=listed())
    undo_bulk(edit, by=partner)
    client.refresh_from_db()
    version = client.version
    undo_bulk(edit, by=partner)
    client.refresh_from_db()
    assert client.version == version


def test_only_what_its_requester_sees_is_touched(lawyer, heir, partner):
    mine, walled, others = make_client(lawyer), make_client(lawyer), make_client(heir)
    wall = Wall.objects.create(
        kind="client", target_id=walled.pk, mode="excludes", reason="x", raised_by=partner
    )
    WallPerson.objects.create(wall=wall, user=lawyer)
    ids = tuple(str(one.pk) for one in (mine, walled, others))
    chosen = Selection(ids=ids)
    assert count_selected(chosen, lawyer) == 1
    edit = do_bulk(bulk_action("assign"), by=lawyer, params=assign_to(partner), selection=chosen)
    assert set(Client.objects.filter(responsible=partner)) == {mine}
    assert edit.changes.count() == 1


def test_all_but_some(partner, lawyer):
    one, two = make_client(lawyer), make_client(lawyer)
    chosen = Selection(state={"conditions": []}, but=(str(one.pk),))
    assert list(chosen.resolve(partner)) == [two]


def test_grades_and_their_consequences(partner, lawyer):
    one, two = make_client(lawyer, grade="C"), make_client(lawyer)
    edit = do_bulk(bulk_action("grade"), by=partner, params={"grade": "A"}, selection=listed())
    assert set(Client.objects.values_list("grade", flat=True)) == {"A"}
    assert one.grade_changes.count() if hasattr(one, "grade_changes") else True
    undo_bulk(edit, by=partner)
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.grade, two.grade) == ("C", "")


def test_grades_until_a_day_are_by_hand_and_give_way_again(partner, lawyer):
    one, two = make_client(lawyer, grade="C"), make_client(lawyer, grade="A")
    day = clock.today() + timedelta(days=30)
    earlier = decide_grade(two, by=partner, grade="B", reason="Before.", ends_on=day)
    params = {"grade": "A", "reason": "A good year.", "ends_on": day.isoformat()}
    edit = do_bulk(bulk_action("grade"), by=partner, params=params, selection=listed())
    open_ones = GradeDecision.objects.not_ended()
    assert set(open_ones.values_list("client", "grade", "replaced")) == {
        (one.pk, "A", "C"),
        (two.pk, "A", "A"),
    }
    assert one.grade_changes.first().reason == "A good year."
    undo_bulk(edit, by=partner)
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.grade, two.grade) == ("C", "B")
    assert list(GradeDecision.objects.not_ended()) == [earlier]


def test_who_may_not_decide_by_hand_grades_as_in_the_profile(lawyer, partner):
    one = make_client(lawyer, grade="C")
    form = bulk_action("grade").form({"grade": "B", "reason": "Grew."}, by=lawyer)
    assert form.is_valid() and "ends_on" not in form.fields
    do_bulk(bulk_action("grade"), by=lawyer, params=form.params(), selection=listed())
    one.refresh_from_db()
    assert (one.grade, one.grade_changes.first().reason) == ("B", "Grew.")
    assert not bulk_action("grade").form({"grade": "B"}, by=lawyer).is_valid()


def test_tags_are_put_on_and_only_the_new_ones_taken_off_again(partner, lawyer):
    old, new = make_tag(by=partner, name="Port"), make_tag(by=partner, name="Steel")
    one, two = make_client(lawyer), make_client(lawyer)
    set_tags(one, by=partner, tags=[old])
    params = {"tags": [str(old.pk), str(new.pk)]}
    edit = do_bulk(bulk_action("tag"), by=partner, params=params, selection=listed())
    both = sorted([old.pk, new.pk])
    assert [sorted(c.tag_ids) for c in Client.objects.order_by("pk")] == [both, both]
    undo_bulk(edit, by=partner)
    one.refresh_from_db(), two.refresh_from_db()
    assert (one.tag_ids, two.tag_ids) == ([old.pk], [])
    gone = do_bulk(bulk_action("untag"), by=partner, params={"tags": [str(old.pk)]}, selection=listed())
    assert states(gone) == {"done": 1, "same": 1}
    undo_bulk(gone, by=partner)
    one.refresh_from_db()
    assert one.tag_ids == [old.pk]


def test_follow_ups_for_each_lawyer_and_untouched_ones_taken_back(partner, lawyer, heir):
    make_client(lawyer), make_client(heir)
    params = {"title": "Send the circular", "due_on": "2030-05-06", "owner": "responsible", "priority": 2}
    edit = do_bulk(bulk_action("follow_up"), by=partner, params=params, selection=listed())
    assert {row.owner for row in FollowUp.objects.all()} == {lawyer, heir}
    FollowUp.objects.filter(owner=heir).update(version=2)
    undo_bulk(edit, by=partner)
    assert states(edit) == {"undone": 1, "kept": 1}
    assert FollowUp.objects.get(owner=lawyer).state == "cancelled"


def test_into_the_trash_and_back(partner, lawyer):
    client = make_client(lawyer)
    edit = do_bulk(bulk_action("trash"), by=partner, params={}, selection=listed())
    assert not Client.objects.visible_to(partner).exists()
    undo_bulk(edit, by=partner)
    assert list(Client.objects.visible_to(partner)) == [client]
    assert states(edit) == {"undone": 1}


def test_many_are_a_job_whose_parts_go_on_where_they_stopped(partner, lawyer, heir, monkeypatch):
    monkeypatch.setattr(bulk_edit, "AT_ONCE", 2)
    monkeypatch.setattr(bulk_edit, "CHUNK", 2)
    for _number in range(5):
        make_client(lawyer)
    edit = do_bulk(bulk_action("assign"), by=partner, params=assign_to(heir), selection=listed())
    assert edit.job and edit.job.total == 5 and not edit.changes.exists()
    while run_next_chunk(edit.job_id):
        pass
    edit.refresh_from_db()
    assert (edit.state, states(edit)) == ("done", {"done": 5})
    undo_bulk(edit, by=partner)
    edit.refresh_from_db()
    while run_next_chunk(edit.job_id):
        pass
    edit.refresh_from_db()
    assert (edit.state, states(edit)) == ("undone", {"undone": 5})
    assert Client.objects.filter(responsible=lawyer).count() == 5


def test_rights_are_those_of_the_moment_the_work_runs(partner, lawyer, heir, monkeypatch):
    monkeypatch.setattr(bulk_edit, "AT_ONCE", 1)
    make_client(lawyer), make_client(lawyer)
    edit = do_bulk(bulk_action("assign"), by=partner, params=assign_to(heir), selection=listed())
    partner.role, partner.scope = "auditor", "none"
    partner.save()
    assert run_next_chunk(edit.job_id) is False
    edit.job.refresh_from_db()
    assert edit.job.problem == "not_allowed"
    assert not Client.objects.filter(responsible=heir).exists()
