"""The contact log: its list, one contact, edits, withdrawals."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interactions.actions.contacts import NextFollowUp, edit_contact, withdraw_contact
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
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
    return make_client(lawyer, name="Harbour Foods")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_list_shows_what_one_may_see_the_latest_first(desk, harbour):
    make_contact(harbour, note="the older one", at=clock.now() - timedelta(days=2))
    make_contact(harbour, note="the newer one")
    make_contact(make_client(make_person("lawyer2")), note="not yours")
    page = text(desk.get("/interactions/"))
    assert page.index("the newer one") < page.index("the older one")
    assert "not yours" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"channel": "email"}, {"by mail"}),
        ({"purpose": "billing"}, {"by mail", "of a colleague"}),
        ({"period": "30"}, {"by mail", "of a colleague"}),
        ({"mine": "on"}, {"by mail", "long ago"}),
        ({"withdrawn": "on"}, {"withdrawn one"}),
        ({"channel": "nonsense", "client": "nonsense"}, {"by mail", "of a colleague", "long ago"}),
    ],
)
def test_filters(desk, harbour, lawyer, query, shown):
    colleague = make_person("lawyer2")
    make_contact(harbour, channel="email", purposes=["billing"], note="by mail")
    make_contact(harbour, with_lawyer=colleague, purposes=["billing"], note="of a colleague")
    make_contact(harbour, at=clock.now() - timedelta(days=200), note="long ago")
    withdraw_contact(make_contact(harbour, note="withdrawn one"), by=lawyer, reason="wrong")
    notes = {"by mail", "of a colleague", "long ago", "withdrawn one"}
    for headers in ({}, HTMX):
        page = text(desk.get("/interactions/", query, headers=headers))
        assert {note for note in notes if note in page} == shown


def test_pages_follow_each_other_without_gaps(desk, harbour):
    for number in range(60):
        make_contact(harbour, note=f"note {number:02d};", at=clock.now() - timedelta(hours=number))
    first = desk.get("/interactions/")
    second = desk.get("/interactions/" + first.context["page"].next_query)
    shown = [row.note for page in (first, second) for row in page.context["rows"]]
    assert shown == [f"note {number:02d};" for number in range(60)]


@pytest.mark.parametrize("path", ["/interactions/", "/interactions/?purpose=billing&mine=on"])
def test_the_list_costs_the_same_however_long(desk, harbour, path):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            text(desk.get(path))
        return len(queries)

    for _ in range(3):
        make_contact(harbour, purposes=["billing"])
    few = cost()
    for _ in range(27):
        make_contact(harbour, purposes=["billing"])
    assert cost() == few <= 10


def test_one_contact_with_its_history(desk, harbour, lawyer):
    person = make_client_person(harbour, name="Anna Bell")
    contact = make_contact(
        harbour, note="first words", next_follow_up=NextFollowUp(due_at=clock.now(), title="Call again")
    )
    edit_contact(
        contact,
        by=lawyer,
        version=1,
        changes={"note": "second words", "channel": "email", "people": [person]},
    )
    page = text(desk.get(f"/interactions/{contact.pk}/"))
    for words in (
        "second words",
        "<del>first words</del>",
        "<del>Phone</del> → Email",
        "Anna Bell",
        "Call again",
    ):
        assert words in page


def test_a_confidential_note_is_read_by_asking_for_it_and_that_is_recorded(desk, harbour, lawyer):
    contact = make_contact(harbour, note="sealed words", confidentiality="confidential")
    edit_contact(contact, by=lawyer, version=1, changes={"note": "newer sealed words"})
    assert "sealed words" not in text(desk.get(f"/interactions/{contact.pk}/"))
    page = text(desk.post(f"/interactions/{contact.pk}/reveal/"))
    assert "newer sealed words" in page
    assert "<del>sealed words</del>" in page
    assert AuditEntry.objects.filter(verb="contact.note_revealed").count() == 1


def test_whose_role_may_not_reveal_is_not_even_offered_it(client, harbour):
    specialist = make_person("specialist")
    contact = make_contact(harbour, by=specialist, note="sealed words", confidentiality="confidential")
    client.force_login(specialist)
    assert "Read it" not in text(client.get(f"/interactions/{contact.pk}/"))
    assert client.post(f"/interactions/{contact.pk}/reveal/").status_code == 404


def test_closer_contacts_are_not_there_for_others(client, harbour):
    contact = make_contact(harbour, confidentiality="team", note="close")
    client.force_login(make_person("partner"))
    assert client.get(f"/interactions/{contact.pk}/").status_code == 404
    assert "close" not in [row.note for row in client.get("/interactions/").context["rows"]]


def edited(contact, **changes):
    values = {
        "version": contact.version,
        "channel": contact.channel,
        "purposes": contact.purposes,
        "initiator": contact.initiator,
        "answered": "on",
        "note": contact.note,
        "confidentiality": contact.confidentiality,
        **changes,
    }
    return {name: value for name, value in values.items() if value is not None}


def test_editing(desk, harbour):
    contact = make_contact(harbour, note="first words")
    form = text(desk.get(f"/interactions/{contact.pk}/edit/"))
    assert "first words" in form
    response = desk.post(f"/interactions/{contact.pk}/edit/", edited(contact, note="second words"))
    assert response.url == f"/interactions/{contact.pk}/"
    kept = Contact.objects.get()
    assert (kept.note, kept.version, kept.at) == ("second words", 2, contact.at)


def test_the_second_to_save_sees_both(desk, harbour, lawyer):
    contact = make_contact(harbour, note="first words")
    edit_contact(contact, by=lawyer, version=1, changes={"note": "their words"})
    response = desk.post(f"/interactions/{contact.pk}/edit/", edited(contact, note="my words"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "their words" in page
    assert "my words" in page
    again = desk.post(f"/interactions/{contact.pk}/edit/", edited(contact, note="my words", version=2))
    assert again.status_code == 302
    assert Contact.objects.get().note == "my words"


def test_two_who_edit_choose_field_by_field(desk, harbour, lawyer):
    contact = make_contact(harbour, note="first words", minutes=5)
    opened = text(desk.get(f"/interactions/{contact.pk}/edit/"))
    hidden = re.search(r'name="opened_with" value="([^"]+)"', opened)[1]
    edit_contact(contact, by=lawyer, version=1, changes={"note": "their words", "channel": "video"})
    mine = edited(contact, note="my words", minutes="20", opened_with=hidden)
    page = text(desk.post(f"/interactions/{contact.pk}/edit/", mine), status=409)
    assert re.findall(r'name="keep-(\w+)" value="(\w+)" checked', page) == [
        ("channel", "theirs"),  # untouched by me
        ("note", "yours"),
        ("minutes", "yours"),
    ]
    chosen = {"keep-channel": "theirs", "keep-note": "theirs", "keep-minutes": "yours"}
    desk.post(f"/interactions/{contact.pk}/edit/", {**mine, "version": 2, **chosen})
    kept = Contact.objects.get()
    assert (kept.note, kept.channel, kept.minutes, kept.at) == ("their words", "video", 20, contact.at)


def test_editing_a_confidential_contact_neither_shows_nor_loses_its_note(desk, harbour):
    contact = make_contact(harbour, note="sealed words", confidentiality="confidential")
    assert "sealed words" not in text(desk.get(f"/interactions/{contact.pk}/edit/"))
    desk.post(f"/interactions/{contact.pk}/edit/", edited(contact, note="", minutes="10"))
    kept = Contact.objects.get()
    assert (kept.minutes, kept.substance) == (10, "sealed words")


def test_who_may_not_edit_is_led_back(client, harbour):
    contact = make_contact(harbour)
    client.force_login(make_person("specialist"))
    assert client.get(f"/interactions/{contact.pk}/edit/").url == f"/interactions/{contact.pk}/"
    client.post(f"/interactions/{contact.pk}/withdraw/", {"reason": "x"})
    assert Contact.objects.standing().exists()


def test_undoing_right_after(desk, harbour):
    contact = make_contact(harbour, next_follow_up=NextFollowUp(due_at=clock.now() + timedelta(days=7)))
    page = text(desk.get(f"/interactions/{contact.pk}/withdraw/?undo=1"))
    assert "Logged by mistake" in page
    assert "checked" in page
    response = desk.post(
        f"/interactions/{contact.pk}/withdraw/", {"reason": "Logged by mistake", "cancel_follow_ups": "on"}
    )
    assert response.url == f"/clients/{harbour.pk}/"
    assert not Contact.objects.standing().exists()
    assert FollowUp.objects.get().state == "cancelled"
    assert "It counts no longer" in text(desk.get(f"/interactions/{contact.pk}/"))


def test_withdrawing_takes_a_reason(desk, harbour):
    contact = make_contact(harbour)
    assert "required" in text(desk.post(f"/interactions/{contact.pk}/withdraw/", {"reason": ""}))
    assert Contact.objects.standing().exists()


def test_the_timeline_of_a_client_as_fragment_and_as_page(desk, harbour):
    for number in range(60):
        make_contact(harbour, note=f"note {number:02d};", at=clock.now() - timedelta(hours=number))
    path = f"/interactions/client/{harbour.pk}/timeline/"
    page = text(desk.get(path))
    assert "<html" in page
    assert "note 00;" in page
    assert "note 59;" not in page
    older = desk.get(path).context["timeline"].older
    lines = text(desk.get(path, {"older": older}, headers=HTMX))
    assert "<html" not in lines
    assert "note 59;" in lines


def test_the_client_page_carries_log_timeline_and_plans(desk, harbour):
    make_contact(harbour, note="spoke", next_follow_up=NextFollowUp(due_at=clock.now(), title="Call again"))
    page = text(desk.get(f"/clients/{harbour.pk}/"))
    for words in ("quicklog-inline", "spoke", "Call again"):
        assert words in page
