"""Logging a contact by the quick log and by the full form."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interactions.actions.follow_ups import create_follow_up
from interactions.models import Contact, FollowUp, Promise
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry, Wall, WallPerson
from matters.actions.matters import open_matter
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
LOG = "/interactions/log/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods", grade="A")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def typed(harbour, **changes):
    """What the quick log sends when a call is logged without touching more than it must."""
    values = {
        "client": harbour.pk,
        "channel": "phone",
        "purposes": ["progress_report"],
        "initiator": "firm",
        "answered": "on",
        "note": "Told them the hearing is on Monday.",
        "next": "none",
        "shape": "dialog",
        "idempotency_key": "k1",
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def send(desk, harbour, **changes):
    return desk.post(LOG, typed(harbour, **changes), headers=HTMX)


def trigger(response):
    return json.loads(response.headers["HX-Trigger"])


def test_one_request_logs_a_call_and_says_so_with_an_undo(desk, harbour, lawyer):
    response = send(desk, harbour)
    contact = Contact.objects.get()
    assert response.status_code == 204
    assert (contact.note, contact.purposes, contact.logged_by) == (
        "Told them the hearing is on Monday.",
        ["progress_report"],
        lawyer,
    )
    assert abs(contact.at - clock.now()) < timedelta(minutes=1)
    told = trigger(response)
    assert set(told) == {"lawcrm:close", "lawcrm:toast", "client-changed"}
    assert told["lawcrm:toast"] == {
        "text": "Logged: Phone, Harbour Foods.",
        "late": False,
        "undo": f"/interactions/{contact.pk}/undo/",
        "link": "Undo",
    }


def test_sent_twice_it_is_logged_once(desk, harbour):
    assert send(desk, harbour).status_code == 204
    assert send(desk, harbour).status_code == 204
    assert Contact.objects.count() == 1


def test_without_javascript_it_leads_back_to_the_client(desk, harbour):
    response = desk.post(LOG, typed(harbour, shape="page"), follow=True)
    assert response.redirect_chain == [(f"/clients/{harbour.pk}/", 302)]
    assert "Logged: Phone, Harbour Foods." in response.content.decode()
    assert "/withdraw/?undo=1" in response.content.decode()


def test_it_leads_back_only_to_pages_of_ours(desk, harbour):
    response = desk.post(LOG, typed(harbour, shape="page", back="https://elsewhere.example/"))
    assert response.url == f"/clients/{harbour.pk}/"


def test_at_the_top_of_a_client_page_a_fresh_form_takes_its_place(desk, harbour):
    response = send(desk, harbour, shape="inline")
    page = response.content.decode()
    assert response.status_code == 200
    assert "quicklog-inline" in page
    assert "Told them" not in page
    assert "client-changed" in trigger(response)


def test_what_was_typed_comes_back_with_the_mistake_named(desk, harbour):
    response = send(
        desk,
        harbour,
        purposes=[],
        note="Long story",
        minutes="0",
        promise_text=["Send it"],
        promise_who=[""],
        promise_on=["never"],
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert not Contact.objects.exists()
    assert "Long story" in page
    assert "Choose what it was for." in page
    assert 'value="Send it"' in page
    assert "Promise 1: give the day as a date." in page


@pytest.mark.parametrize(("choice", "days"), [("none", None), ("week", 7), ("month", None), ("grade", 14)])
def test_the_next_follow_up_by_a_chip(desk, harbour, lawyer, choice, days):
    send(desk, harbour, next=choice)
    made = FollowUp.objects.filter(origin="contact")
    assert made.exists() == (choice != "none")
    for row in made:
        local = clock.local(row.due_at, lawyer)
        assert (local.hour, local.minute) == (9, 0)
        assert local.weekday() < 5
        if days:
            assert days <= (local.date() - clock.today(lawyer)).days <= days + 2


def test_a_day_of_ones_own(desk, harbour, lawyer):
    day = clock.today(lawyer) + timedelta(days=40)
    assert send(desk, harbour, next="own").status_code == 422
    assert send(desk, harbour, next="own", next_on="2020-01-01").status_code == 422
    assert send(desk, harbour, next="own", next_on=day.isoformat(), next_title="Renewal").status_code == 204
    row = FollowUp.objects.get()
    assert (clock.local(row.due_at, lawyer).date(), row.title) == (day, "Renewal")


def test_it_may_settle_a_follow_up(desk, harbour, lawyer):
    row = create_follow_up(by=lawyer, client=harbour, title="Call", due_at=clock.now())
    page = desk.get(LOG, {"follow_up": row.pk}, headers=HTMX).content.decode()
    assert f'name="does" value="{row.pk}" checked' in page
    send(desk, harbour, does=row.pk)
    row.refresh_from_db()
    assert row.state == "done"


def test_everything_a_contact_can_say(desk, harbour, lawyer):
    person = make_client_person(harbour)
    matter = open_matter(
        by=lawyer,
        client=harbour,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=date(2026, 1, 5),
    )
    colleague = make_person("lawyer2")
    response = send(
        desk,
        harbour,
        at="2026-03-02T10:30",
        minutes="25",
        people=[person.pk],
        matter=matter.pk,
        with_lawyer=colleague.pk,
        mood="worried",
        references="DMS 4711",
        confidentiality="confidential",
        initiator="client",
        answered=None,
        promise_text=["Send the draft", "Send the accounts", ""],
        promise_who=["", "client", ""],
        promise_on=["2030-01-10", "", ""],
    )
    assert response.status_code == 204
    contact = Contact.objects.get()
    assert clock.local(contact.at, lawyer).isoformat() == "2026-03-02T10:30:00+08:00"
    assert (contact.minutes, contact.matter, contact.with_lawyer) == (25, matter, colleague)
    assert (contact.mood, contact.references, contact.answered) == ("worried", "DMS 4711", False)
    assert (contact.note, contact.substance) == ("", "Told them the hearing is on Monday.")
    assert list(contact.people.all()) == [person]
    assert [(p.text, p.by_firm, p.due_on) for p in Promise.objects.order_by("created_at", "id")] == [
        ("Send the draft", True, date(2030, 1, 10)),
        ("Send the accounts", False, None),
    ]
    assert FollowUp.objects.get().owner == colleague


def test_nothing_of_another_client_comes_in_by_its_key(desk, harbour):
    stranger = make_person("lawyer2")
    other = make_client(stranger)
    person = make_client_person(other)
    matter = open_matter(
        by=stranger,
        client=other,
        title="Secret",
        kind="civil",
        service_type="advice",
        accepted_on=date(2026, 1, 5),
    )
    follow_up = create_follow_up(by=stranger, client=other, title="Theirs", due_at=clock.now())
    assert send(desk, other).status_code == 404
    assert send(desk, harbour, people=[person.pk]).status_code == 422
    assert send(desk, harbour, matter=matter.pk).status_code == 422
    assert send(desk, harbour, does=follow_up.pk, idempotency_key="k2").status_code == 204
    follow_up.refresh_from_db()
    assert follow_up.state == "open"


def test_who_stands_behind_a_wall_logs_nothing(desk, harbour, lawyer):
    wall = Wall.objects.create(
        kind="client", target_id=harbour.pk, mode="excludes", reason="conflict", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=lawyer)
    assert send(desk, harbour).status_code == 404
    assert not Contact.objects.exists()


def test_clients_are_picked_by_pinyin_and_only_ones_own(desk, lawyer):
    make_client(lawyer, name="华东精密光学")
    make_client(make_person("lawyer2"), name="华北精密光学")
    recent = desk.get(LOG, headers=HTMX).content.decode()
    assert "华东精密光学" in recent
    found = desk.post(reverse("interactions:log_clients"), {"q": "hdjm"}, headers=HTMX).content.decode()
    assert "华东精密光学" in found
    none = desk.post(reverse("interactions:log_clients"), {"q": "华北"}, headers=HTMX).content.decode()
    assert "华北" not in none
    assert "No client of yours" in none
    assert "<html" in desk.post(reverse("interactions:log_clients"), {"q": "hd"}).content.decode()


def test_the_rest_of_the_form_comes_when_asked_for(desk, harbour):
    person = make_client_person(harbour, name="Anna Bell")
    page = desk.get(reverse("interactions:log_more", args=[harbour.pk]), headers=HTMX).content.decode()
    assert "Anna Bell" in page
    assert str(person.pk) in page
    full = desk.get(LOG, {"client": harbour.pk}).content.decode()
    assert "Anna Bell" in full
    assert "<html" in full


def test_an_ended_session_keeps_the_form_where_it_is(client, harbour):
    response = client.post(LOG, typed(harbour), headers=HTMX)
    assert response.status_code == 401
    assert not response.content


def statements(desk, harbour, **changes):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert send(desk, harbour, **changes).status_code == 204
    return [query["sql"] for query in queries]


def test_the_price_of_logging_a_contact(desk, harbour):
    """At most 20 statements with session, access check, audit and assessment, whatever the log holds already."""
    few = statements(desk, harbour, next="week")
    for _ in range(30):
        make_contact(harbour)
    many = statements(desk, harbour, next="week", idempotency_key="k2")
    assert len(many) <= 20, "\n".join(many)
    assert len(many) <= len(few)
    assert AuditEntry.objects.filter(verb="contact.logged").count() == 32
