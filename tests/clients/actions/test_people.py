"""People at clients: added, changed, gone."""

from datetime import date

import pytest

from clients.actions.people import add_known_person, update_person
from clients.enums import PersonRole
from clients.models import ClientPerson, Person
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return make_client(make_person("lawyer"), name="Harbour Foods")


def test_a_person_is_findable_and_stands_in_the_history_of_the_client(client):
    person = make_client_person(client, "单雪", role=PersonRole.DECISION_MAKER, phone="13800138000")
    person.refresh_from_db()
    assert "'shanxue'" in person.search
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.client_id, entry.object_label) == ("person.added", client.pk, "单雪")


def test_one_person_may_have_places_at_two_clients(client):
    person = make_client_person(client)
    other = make_client(client.responsible)
    add_known_person(by=client.responsible, client=other, person=person, role=PersonRole.PAYER)
    assert Person.objects.count() == 1
    assert ClientPerson.objects.count() == 2


def test_person_and_place_change_together(client):
    place = make_client_person(client, "Anna Bell").places.get()
    changes = {
        "name": "Anna Bell-Ray",
        "roles": [PersonRole.PAYER, PersonRole.DECISION_MAKER],
        "ended_on": date(2026, 1, 31),
    }
    changed = update_person(place, by=client.responsible, version=1, changes=changes)
    assert changed.person.version == 2
    assert AuditEntry.objects.latest("id").changes == {
        "name": ["Anna Bell", "Anna Bell-Ray"],
        "roles": [["user"], ["payer", "decision_maker"]],
        "ended_on": ["", "2026-01-31"],
    }
    with pytest.raises(StaleVersion):
        update_person(place, by=client.responsible, version=1, changes={"name": "Else"})
