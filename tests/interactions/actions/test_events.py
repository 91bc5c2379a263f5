"""Events: guests, letters, answers, the door, what comes after."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from clients.actions.saved_views import save_view
from interactions.actions import events as actions
from interactions.models import EventInvitation, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions import outbox
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    person = make_person("manager")
    client.force_login(person)
    return person


@pytest.fixture
def event(manager):
    return actions.make_event(
        by=manager, title="Autumn seminar", place="The hall", organiser=manager,
        starts_at=clock.now() + timedelta(days=9),
    )  # fmt: skip


@pytest.fixture
def guest(event, manager):
    harbour = make_client(make_person("lawyer"), name="Harbour Ltd", language="en")
    make_client_person(harbour, "First Clerk", email="clerk@harbour.example")
    make_client_person(harbour, "Anna Bell", email="anna@harbour.example", role="decision_maker")
    (made,) = actions.add_guests(event, [harbour], by=manager)
    return EventInvitation.objects.for_lists().get(pk=made.pk)


def path_of(guest):
    return reverse("care:answer", args=[actions.answer_token(guest)])


def door_of(guest):
    return reverse("care:door", args=[actions.door_token(guest)])


def test_the_decision_maker_is_invited_once(event, guest, manager):
    assert guest.person.name == "Anna Bell"
    assert actions.add_guests(event, [guest.client], by=manager) == []


def test_an_invitation_goes_out_once_with_its_own_link(event, guest, manager):
    invitations = EventInvitation.objects.visible_to(manager)
    assert actions.send_invitations(event, invitations, by=manager) == 1
    assert actions.send_invitations(event, invitations, by=manager) == 0
    outbox.send_due()
    outbox.send_due()
    (letter,) = mail.outbox
    assert letter.to == ["anna@harbour.example"]
    assert path_of(guest) in letter.body
    assert guest.client.contacts.get().purposes == ["event"]


def test_reading_the_link_answers_nothing(client, guest):
    client.logout()
    assert client.get(path_of(guest)).status_code == 200
    client.head(path_of(guest))
    guest.refresh_from_db()
    assert guest.answer == ""


def test_an_answer_and_another_until_it_begins(client, guest, event):
    client.logout()
    client.post(path_of(guest), {"answer": "yes"})
    page = client.get(path_of(guest)).content.decode()
    assert "<svg" in page
    client.post(path_of(guest), {"answer": "no"})
    guest.refresh_from_db()
    assert guest.answer == "no"
    type(event).objects.update(starts_at=clock.now() - timedelta(minutes=1))
    assert client.post(path_of(guest), {"answer": "yes"}).status_code == 404
    guest.refresh_from_db()
    assert guest.answer == "no"


def test_a_cancelled_event_takes_no_answer_and_sends_nothing(client, event, guest, manager):
    actions.send_invitations(event, EventInvitation.objects.visible_to(manager), by=manager)
    actions.cancel_event(event, by=manager)
    outbox.send_due()
    assert mail.outbox == []
    assert client.get(path_of(guest)).status_code == 404


def test_only_the_token_opens_and_its_hash_does_not(client, guest):
    assert client.get(reverse("care:answer", args=[bytes(guest.token_hash).hex()])).status_code == 404
    assert client.get(reverse("care:answer", args=[actions.door_token(guest)])).status_code == 404


def test_at_the_door_only_a_post_by_somebody_signed_in_counts(client, guest, manager):
    client.get(door_of(guest))
    guest.refresh_from_db()
    assert guest.attended_at is None
    client.post(door_of(guest))
    client.post(door_of(guest))
    guest.refresh_from_db()
    assert guest.attended_by == manager
    contact = guest.client.contacts.get()
    assert (contact.channel, contact.purposes, contact.answered) == ("event", ["event"], True)
    client.logout()
    assert client.post(door_of(guest)).status_code in (302, 404)


def test_a_mark_is_taken_back(client, guest, manager):
    address = reverse("care:guest", args=[guest.pk])
    client.post(address, {"act": "came"})
    client.post(address, {"act": "missed"})
    guest.refresh_from_db()
    assert guest.attended_at is None
    assert guest.client.contacts.get().withdrawn_at is not None


def test_guests_from_a_saved_list(client, event, manager):
    make_client(make_person("lawyer2"), grade="A", name="Key Ltd")
    make_client(make_person("lawyer"), grade="C", name="Other Ltd")
    state = {"conditions": [["grade", "A"]], "match_any": False, "words": "", "sort": "name", "cols": []}
    view = save_view(by=manager, name="Key clients", audience="private", state=state)
    client.post(reverse("care:event_act", args=[event.pk]), {"act": "invite", "view": str(view.pk)})
    assert [one.client.name for one in EventInvitation.objects.for_lists()] == ["Key Ltd"]


def test_follow_ups_afterwards_once_a_guest(client, event, guest, manager):
    actions.mark_attended(guest, by=manager)
    type(event).objects.update(starts_at=clock.now() - timedelta(hours=3))
    address = reverse("care:event_act", args=[event.pk])
    for _time in range(2):
        client.post(address, {"act": "after", "title": "Ask how it was", "who": "came"})
    assert FollowUp.objects.get().owner == guest.client.responsible
    assert client.get(reverse("care:event", args=[event.pk])).context["outcome"].came == 1


def test_a_lawyer_sees_own_guests_only(client, event, guest):
    client.force_login(make_person("lawyer2"))
    page = client.get(reverse("care:event", args=[event.pk]))
    assert "Anna Bell" not in page.content.decode()
    assert client.get(door_of(guest)).status_code == 404


# -- seats ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def full(event, manager):
    """An event with one seat, and three guests of whom nobody has answered."""
    lawyer = make_person("lawyer")
    clients = [
        make_client(lawyer, name=f"C{n}", email=f"c{n}@client.example", language="en") for n in range(3)
    ]
    actions.add_guests(event, clients, by=manager)
    actions.change_event(event, by=manager, version=1, changes={"seats": 1})
    return list(EventInvitation.objects.for_lists().order_by("client__name"))


def say(guest, comes):
    actions.answer(actions.answer_token(guest), comes=comes)


def standing(event):
    rows = EventInvitation.objects.filter(event=event).order_by("client__name")
    return ["waits" if one.waiting_since else one.answer for one in rows]


def test_when_all_seats_are_taken_one_waits_and_a_freed_one_goes_to_the_first(client, event, full):
    first, second, third = full
    for guest in (first, third, second):
        say(guest, True)
    assert standing(event) == ["yes", "waits", "waits"]
    assert "waiting list" in client.get(path_of(third)).content.decode()
    assert client.get(path_of(third)).context["qr"] == ""
    say(first, False)
    assert standing(event) == ["no", "waits", "yes"]
    outbox.send_due()
    outbox.send_due()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["c2@client.example"], "A seat for you: Autumn seminar")
    assert path_of(third) in letter.body
    say(third, True)
    say(first, True)
    assert standing(event) == ["waits", "waits", "yes"]


def test_more_seats_are_filled_and_whoever_no_longer_waits_loses_the_place(event, full, manager):
    for guest in full:
        say(guest, True)
    say(full[1], False)
    event.refresh_from_db()
    actions.change_event(event, by=manager, version=event.version, changes={"seats": 2})
    assert standing(event) == ["yes", "no", "yes"]
    say(full[1], True)
    event.refresh_from_db()
    actions.change_event(event, by=manager, version=event.version, changes={"seats": None})
    assert standing(event) == ["yes", "yes", "yes"]


def test_the_list_of_guests_goes_out_as_a_file(event, full, manager):
    from django.http import QueryDict

    from lawcrm.firm.exporting import listing_of

    say(full[0], True)
    say(full[1], True)
    listing, query = listing_of("guests"), QueryDict(f"event={event.pk}")
    rows = list(listing.rows(manager, query))
    cells = list(listing.values(manager, ["name", "email", "answer", "came"], rows))
    assert sorted(map(tuple, cells)) == [
        ("C0", "c0@client.example", "Comes", "no"),
        ("C1", "c1@client.example", "On the waiting list", "no"),
        ("C2", "c2@client.example", "Not invited yet", "no"),
    ]
    assert listing.filter_words(manager, query) == ["Autumn seminar"]
    assert not listing.rows(make_person("colleague"), query).exists()
    assert not listing.rows(manager, QueryDict("event=nonsense")).exists()


def test_answers_stand_in_the_clients_timeline(client, event, full, manager):
    say(full[0], True)
    say(full[1], True)
    told = [
        client.get(
            reverse("interactions:client_timeline", args=[one.client_id]), {"show": "event"}
        ).content.decode()
        for one in full[:2]
    ]
    assert "Says yes: Autumn seminar" in told[0]
    assert "Waits for a seat: Autumn seminar" in told[1]
