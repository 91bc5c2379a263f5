"""Adding and changing clients: what is kept, what is recorded, and who comes too late."""

from datetime import date

import pytest

from clients.actions.clients import NumberTaken, create_client, set_team, update_client
from clients.enums import Grade
from clients.models import Client, ClientTeam
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.sealed import MASK
from lawcrm.firm.sentences import sentence
from tests.clients.build import make_client
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer", department=make_department())


def last_entry(client):
    return AuditEntry.objects.filter(object_id=client.pk).latest("id")


def test_a_new_client_is_findable_sortable_and_not_yet_assessed(lawyer):
    client = create_client(by=lawyer, name="曾志伟", kind="person", responsible=lawyer)
    client.refresh_from_db()
    assert client.sort_key.startswith("zeng曾")
    assert "'zengzhiwei'" in client.search
    assert client.department == lawyer.department
    assert client.relationship_type is None
    assert client.quiet_from is not None
    assert client.version == 1


def test_creating_is_told_without_sealed_values(lawyer):
    client = make_client(lawyer, name="王芳", kind="person", identity_number="11010119900307721X")
    entry = last_entry(client)
    assert entry.verb == "client.created"
    assert entry.changes["identity_number"] == ["", MASK]
    assert entry.changes["name"] == ["", "王芳"]
    assert "11010119900307721X" not in str(entry.changes)
    assert sentence(entry) == "Wei Chen added the client 王芳."


def test_an_unknown_field_is_a_programming_error(lawyer):
    with pytest.raises(TypeError, match="nickname"):
        make_client(lawyer, nickname="x")


def test_a_number_belongs_to_one_client(lawyer):
    make_client(lawyer, kind="person", identity_number="11010119900307721X")
    with pytest.raises(NumberTaken) as refused:
        make_client(lawyer, kind="person", identity_number="11010119900307721X")
    assert refused.value.field == "identity_number"
    assert Client.objects.count() == 1


def test_changing_tells_old_and_new_and_refreshes_the_search(lawyer):
    client = make_client(lawyer, name="Old Name Ltd", grade="C")
    changed = update_client(
        client,
        by=lawyer,
        version=1,
        changes={"name": "新华联", "grade": "A", "client_since": date(2024, 5, 1)},
        was_mistyped=True,
    )
    changed.refresh_from_db()
    assert changed.version == 2
    assert "'新华'" in changed.search
    assert "'old'" not in changed.search
    assert last_entry(client).changes == {
        "name": ["Old Name Ltd", "新华联"],
        "grade": ["C", "A"],
        "client_since": ["", "2024-05-01"],
    }


def test_a_new_grade_moves_the_day_silence_breaks(lawyer):
    client = make_client(lawyer, grade="C")
    before = Client.objects.get().quiet_from
    update_client(client, by=lawyer, version=1, changes={"grade": Grade.A})
    assert Client.objects.get().quiet_from < before


def test_a_save_that_changes_nothing_leaves_no_trace(lawyer):
    client = make_client(lawyer, name="Same")
    entries = AuditEntry.objects.count()
    assert update_client(client, by=lawyer, version=1, changes={"name": "Same"}).version == 1
    assert AuditEntry.objects.count() == entries


def test_the_second_saver_is_refused_and_given_the_other_version(lawyer):
    client = make_client(lawyer, name="First")
    update_client(client, by=lawyer, version=1, changes={"name": "Second"})
    with pytest.raises(StaleVersion) as stale:
        update_client(client, by=lawyer, version=1, changes={"name": "Third"})
    assert stale.value.theirs.name == "Second"
    assert Client.objects.get().name == "Second"


def test_the_team_is_told_by_name_and_kept_beside_the_client(lawyer):
    client = make_client(lawyer)
    other, third = make_person("lawyer2"), make_person("partner")
    set_team(client, by=lawyer, people=[other, third, lawyer])
    client.refresh_from_db()
    assert client.team_ids == sorted([other.pk, third.pk])
    set_team(client, by=lawyer, people=[third])
    client.refresh_from_db()
    assert client.team_ids == [third.pk]
    assert last_entry(client).changes == {"team": [["Jianguo Zhao", "Na Li"], ["Jianguo Zhao"]]}


def test_team_ids_follow_whoever_writes_the_team(lawyer):
    one, two = make_client(lawyer), make_client(lawyer)
    other = make_person("lawyer2")
    ClientTeam.objects.bulk_create([ClientTeam(client=client, user=other) for client in (one, two)])
    ClientTeam.objects.filter(client=one).update(user=make_person("partner"))
    ClientTeam.objects.filter(client=two).delete()
    one.refresh_from_db()
    two.refresh_from_db()
    assert (len(one.team_ids), two.team_ids) == (1, [])
    assert other.pk not in one.team_ids
