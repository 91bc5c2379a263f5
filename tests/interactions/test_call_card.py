"""The call-preparation card: one glance before a conversation."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interactions.actions.contacts import PromiseMade
from interactions.actions.follow_ups import create_follow_up
from interactions.actions.promises import SettledAlready, settle_promise
from interactions.enums import Channel
from interactions.models import Promise
from interactions.presenters.tips import channel_tips, temperament_tips
from lawcrm.firm import clock
from matters.actions.matters import open_matter
from surveys.actions.surveys import answer_survey, send_survey
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods", temperament="agitated", phone="13800138000", grade="A")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def card(desk, client, query=""):
    answer = desk.get(f"/interactions/client/{client.pk}/card/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_everything_in_one_glance(desk, lawyer, harbour):
    open_matter(
        by=lawyer, client=harbour, title="Lease", kind="civil", service_type="advice",
        accepted_on=clock.today(), next_date=clock.today() + timedelta(days=9), next_date_note="Hearing",
    )  # fmt: skip
    _invitation, token = send_survey(by=lawyer, client=harbour, occasion="regular", language="en")
    answer_survey(token, marks={}, nps=3, text="Too slow")
    make_client_person(harbour, name="Anna Bell")
    make_contact(
        harbour, note="Spoke of the rent", purposes=["complaint"], initiator="client",
        promises=[
            PromiseMade(text="Send the draft", due_on=clock.today()),
            PromiseMade(text="Bring the papers", by_firm=False),
        ],
    )  # fmt: skip
    page = card(desk, harbour)
    for words in (
        "tel:13800138000", "Lease", "Hearing", "recommends 3 of 10", "Too slow", "Anna Bell", "Spoke of the rent",
        "We promised (Wei Chen)", "Send the draft", "Bring the papers", "Last complaint", "not answered yet",
        "Agitated", "Patience first", "Ask before recording.", "data-print",
    ):  # fmt: skip
        assert words in page, words


def test_in_a_dialog_it_is_a_part_and_names_what_the_call_is_about(desk, lawyer, harbour):
    row = create_follow_up(by=lawyer, client=harbour, title="Ask for the contract", due_at=clock.now())
    part = desk.get(f"/interactions/client/{harbour.pk}/card/?follow_up={row.pk}", headers=HTMX)
    text = part.content.decode()
    assert "<html" not in text
    assert 'class="card-about"' in text
    assert f"follow_up={row.pk}" in text  # logging from here settles it


def test_the_follow_up_of_another_client_says_nothing_here(desk, lawyer, harbour):
    other = create_follow_up(
        by=lawyer, client=make_client(lawyer, name="Other"), title="Elsewhere", due_at=clock.now()
    )
    assert "Elsewhere" not in card(desk, harbour, f"?follow_up={other.pk}")


def test_tips_follow_the_channel_and_the_temperament(desk, harbour):
    assert "Exact words" in card(desk, harbour, "?channel=email")
    assert "Ask open questions" in card(desk, harbour, "?channel=face_to_face")
    assert "Ask before recording." in card(desk, harbour, "?channel=nonsense")
    assert all(channel_tips(channel) for channel in Channel.values)
    assert temperament_tips("") == []
    assert all(temperament_tips(one) for one in ("demanding", "confused", "agitated"))


def test_who_does_not_see_the_client_sees_no_card(desk, harbour):
    desk.force_login(make_person("lawyer2"))
    assert desk.get(f"/interactions/client/{harbour.pk}/card/").status_code == 404


def test_a_closer_contact_is_not_told_to_others(desk, lawyer, harbour):
    make_contact(
        harbour, note="secret words", confidentiality="team",
        promises=[PromiseMade(text="secret promise", by_firm=False)],
    )  # fmt: skip
    desk.force_login(make_person("partner"))
    assert "secret" not in card(desk, harbour)


def test_a_flat_number_of_statements(desk, lawyer, harbour):
    def statements():
        with CaptureQueriesContext(connection) as queries:
            card(desk, harbour)
        return len(queries)

    make_contact(harbour, promises=[PromiseMade(text="One", by_firm=False)])
    card(desk, harbour)  # what is kept in writing is written now
    few = statements()
    for number in range(20):
        make_contact(harbour, promises=[PromiseMade(text=f"Promise {number}")], purposes=["complaint"])
    assert statements() - few <= 1  # whether the complaint is answered is asked where there is one
    assert few <= 20


# -- what the client promised ---------------------------------------------------------------------------------


def test_a_promise_of_the_clients_is_open_until_somebody_settles_it(desk, lawyer, harbour):
    make_contact(harbour, promises=[PromiseMade(text="Bring the papers", by_firm=False)])
    promise = Promise.objects.get()
    url = reverse("interactions:settle_promise", args=[promise.pk])
    assert desk.post(url, {"kept": "yes"}, headers=HTMX).status_code == 204
    promise.refresh_from_db()
    assert (promise.settled_by, promise.dropped) == (lawyer, False)
    assert "Bring the papers" not in card(desk, harbour)
    with pytest.raises(SettledAlready):
        settle_promise(promise, by=lawyer, kept=False)


def test_ours_is_settled_by_its_follow_up(lawyer, harbour):
    make_contact(harbour, promises=[PromiseMade(text="Send the draft")])
    with pytest.raises(ValueError, match="follow-up"):
        settle_promise(Promise.objects.get(), by=lawyer, kept=True)
