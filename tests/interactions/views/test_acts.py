"""One event or visit with several clients, logged at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interactions.actions.acts import log_act
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db
URL = "/interactions/log/several/"


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


@pytest.fixture
def clients(lawyer):
    return [make_client(lawyer, name=name, grade=grade) for name, grade in (("One", "A"), ("Two", "C"))]


def send(desk, clients, **changes):
    values = {
        "clients": [client.pk for client in clients], "channel": "event", "purposes": ["event"], "initiator": "firm",
        "answered": "on", "note": "Dinner by the lake", "next": "grade", "idempotency_key": "k1",
    }  # fmt: skip
    return desk.post(URL, {**values, **changes})


def test_written_once_it_stands_in_the_log_of_each(desk, clients):
    assert send(desk, clients).status_code == 302
    contacts = list(Contact.objects.order_by("client__name"))
    assert [contact.client.name for contact in contacts] == ["One", "Two"]
    assert {contact.note for contact in contacts} == {"Dinner by the lake"}
    assert len({contact.act for contact in contacts}) == 1
    page = desk.get(f"/interactions/{contacts[0].pk}/").content.decode()
    assert "Together with" in page
    assert "Two" in page
    due = {row.client.name: row.due_at for row in FollowUp.objects.select_related("client")}
    assert due["One"] < due["Two"]  # each by its own grade
    for client in clients:
        client.refresh_from_db()
        assert client.last_contact_at is not None


def test_one_client_alone_is_a_contact_like_any_other(desk, clients):
    send(desk, clients[:1])
    assert Contact.objects.get().act is None


def test_only_ones_own_and_somebody(desk, clients):
    theirs = make_client(make_person("lawyer2"), name="Theirs")
    send(desk, [*clients, theirs])
    assert not Contact.objects.filter(client=theirs).exists()
    answer = send(desk, [], idempotency_key="k2")
    assert answer.status_code == 422
    assert "Choose the clients." in answer.content.decode()


def test_clients_are_found_and_kept_while_others_are_looked_for(desk, clients):
    page = desk.post(URL, {"clients": [clients[0].pk], "q": "Two", "pick": "1"}).content.decode()
    assert f'value="{clients[0].pk}" checked' in page
    assert f'value="{clients[1].pk}"' in page
    assert not Contact.objects.exists()


def test_undo_takes_back_the_whole_act(desk, lawyer, clients):
    contacts = log_act(
        by=lawyer, clients=clients, at=clock.now(), channel="event", purposes=["event"], note="Dinner"
    )
    desk.post(reverse("interactions:undo", args=[contacts[1].pk]))
    assert not Contact.objects.standing().exists()


def test_others_see_only_the_clients_they_see(desk, lawyer, clients):
    theirs = make_client(make_person("lawyer2"), name="Hidden Harbour")
    contacts = log_act(
        by=lawyer, clients=[clients[0], theirs], at=clock.now(), channel="event", purposes=["event"]
    )
    assert "Hidden Harbour" not in desk.get(f"/interactions/{contacts[0].pk}/").content.decode()


def test_fifty_clients_take_few_statements(desk, lawyer):
    """And a follow-up that the act settles is settled for each by its own contact."""
    clients = [make_client(lawyer, name=f"Client {number}", grade="ABCD"[number % 4]) for number in range(50)]
    for client in clients[:5]:
        FollowUp.objects.create(
            client=client, owner=lawyer, due_at=clock.now(), trigger="quiet", origin="trigger"
        )
    promise = {"promise_text": ["Send the slides"], "promise_who": [""], "promise_on": [""]}
    with CaptureQueriesContext(connection) as asked:
        assert send(desk, clients, purposes=["needs_review"], **promise).status_code == 302
    assert len(asked) <= 40, [query["sql"][:120] for query in asked]
    assert FollowUp.objects.filter(state="open").count() == 100
    done = FollowUp.objects.filter(state="done").select_related("done_by_contact")
    assert [row.client_id for row in done] == [row.done_by_contact.client_id for row in done]
    assert len(done) == 5
