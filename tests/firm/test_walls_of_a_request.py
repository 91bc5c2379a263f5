"""Inside a request the walls around the reader are read once, and close exactly what they close elsewhere."""

import pytest

from clients.models import Client
from interactions.models import Contact
from lawcrm.firm.actions.walls import ask_to_lift, lift_wall, raise_wall
from lawcrm.firm.models import wall as walls
from lawcrm.firm.reading import one_reading
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def clients(partner):
    lawyer = make_person("lawyer")
    return [make_client(lawyer) for _ in range(3)]


def wall_around(client, by, mode="excludes", people=()):
    return raise_wall(client, kind="client", mode=mode, people=list(people), reason="conflict", by=by)


def seen(user):
    return set(Client.objects.visible_to(user)), set(Contact.objects.visible_to(user))


def test_the_same_is_seen_inside_and_outside_of_a_request(partner, clients):
    contacts = [make_contact(client) for client in clients]
    wall_around(clients[0], clients[0].responsible, people=[partner])
    wall_around(clients[1], clients[0].responsible, mode="admits", people=[clients[1].responsible])
    outside = seen(partner)
    assert outside == ({clients[2]}, {contacts[2]})
    with one_reading():
        assert seen(partner) == outside
    with one_reading():
        assert seen(clients[0].responsible) == (set(clients), set(contacts))


def test_they_are_read_once_for_each_person(partner, clients, django_assert_num_queries):
    other = make_person("lawyer2")
    with one_reading():
        with django_assert_num_queries(3):  # the walls, and twice the clients
            for _ in range(2):
                list(Client.objects.visible_to(partner))
        with django_assert_num_queries(2):
            list(Client.objects.visible_to(other))
    with one_reading(), django_assert_num_queries(2):
        list(Client.objects.visible_to(partner))


def test_a_wall_raised_or_lifted_in_the_request_holds_at_once(partner, clients):
    with one_reading():
        assert len(seen(partner)[0]) == 3
        wall = wall_around(clients[0], partner, people=[partner])
        assert len(seen(partner)[0]) == 2
        ask_to_lift(wall, clients[0], by=clients[0].responsible, reason="over")
        lift_wall(wall, clients[0], by=partner)
        assert len(seen(partner)[0]) == 3


def test_many_walls_close_as_well(partner, clients, monkeypatch):
    monkeypatch.setattr(walls, "MOST_BY_KEY", 1)
    for client in clients[:2]:
        wall_around(client, clients[0].responsible, people=[partner])
    with one_reading():
        assert seen(partner)[0] == {clients[2]}
