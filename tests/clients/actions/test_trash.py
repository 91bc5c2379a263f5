"""The trash: out of everybody's sight with all that belongs to it, and back unharmed."""

from datetime import timedelta

import pytest

from clients.actions.trash import empty_trash, restore_clients, trash_clients
from clients.models import Client, ClientPerson, Person
from interactions.models import Contact
from lawcrm.firm import clock
from lawcrm.firm.reading import one_reading
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def seen(user):
    return [
        set(model.objects.visible_to(user).values_list("pk", flat=True))
        for model in (Client, ClientPerson, Person, Contact)
    ]


def test_everything_of_a_client_vanishes_with_it_and_comes_back_with_it(partner, lawyer):
    client, other = make_client(lawyer), make_client(lawyer)
    make_client_person(client)
    make_contact(client)
    for user in (partner, lawyer):
        before = seen(user)
        trash_clients([client], by=partner)
        assert seen(user) == [{other.pk}, set(), set(), set()]
        with one_reading():
            assert seen(user) == [{other.pk}, set(), set(), set()]
        restore_clients([client.pk], by=partner)
        assert seen(user) == before


def test_each_sees_in_the_trash_what_they_saw_before(client, partner, lawyer):
    trashed = make_client(lawyer, name="Gone Ltd")
    trash_clients([trashed], by=partner)
    client.force_login(partner)
    page = client.get("/clients/trash/")
    assert "Gone Ltd" in page.content.decode()
    assert client.get(f"/clients/{trashed.pk}/").status_code == 404
    client.force_login(lawyer)
    assert client.get("/clients/trash/").status_code == 404
    client.force_login(partner)
    assert client.post(f"/clients/trash/{trashed.pk}/restore/").status_code == 302
    assert client.get(f"/clients/{trashed.pk}/").status_code == 200


def test_after_thirty_days_what_holds_no_record_of_work_is_gone(partner, lawyer):
    empty, worked, fresh = make_client(lawyer), make_client(lawyer), make_client(lawyer)
    make_contact(worked)
    trash_clients([empty, worked, fresh], by=partner)
    long_ago = clock.now() - timedelta(days=31)
    Client.objects.filter(pk__in=[empty.pk, worked.pk]).update(trashed_at=long_ago)
    assert empty_trash({}) is False
    assert set(Client.objects.all()) == {worked, fresh}
