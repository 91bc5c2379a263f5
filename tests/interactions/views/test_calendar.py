"""The address of one's calendar: what stands behind it, for whom, and when no longer."""

from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse

from interactions.actions.follow_ups import cancel_follow_up, create_follow_up, snooze_follow_up
from lawcrm.firm import clock
from lawcrm.firm.actions import calendar as actions
from lawcrm.firm.actions.calendar import make_feed, revoke_feed
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import CalendarFeed
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def follow_up(lawyer):
    firm = make_client(lawyer, name="Huaxia Industries")
    return create_follow_up(by=lawyer, client=firm, title="Call back", due_at=clock.now() + timedelta(days=3))


@pytest.fixture
def address(lawyer, follow_up):
    return of(make_feed(lawyer, titles="full", kinds=["follow_ups"]))


def of(token):
    return reverse("firm:calendar_feed", args=[token])


def events(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_whoever_has_the_address_reads_it(client, address, follow_up):
    (event,) = events(client, address)
    assert event["SUMMARY"] == "Huaxia Industries: Call back"
    assert event["UID"] == f"follow-up-{follow_up.pk}@lawcrm"
    assert event["DTSTART"].dt == follow_up.due_at.replace(microsecond=0)
    answer = client.get(address)
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not client.cookies


def test_bare_unless_chosen_otherwise(client, lawyer, follow_up):
    (event,) = events(client, of(make_feed(lawyer, titles="bare", kinds=["follow_ups"])))
    assert event["SUMMARY"] == "A follow-up is due"
    assert b"Huaxia" not in client.get(of(make_feed(lawyer, titles="bare", kinds=["follow_ups"]))).content


def test_changes_and_cancellations_arrive(client, address, lawyer, follow_up):
    (before,) = events(client, address)
    until = clock.now() + timedelta(days=9)
    snooze_follow_up(follow_up, by=lawyer, until=until)
    (moved,) = events(client, address)
    cancel_follow_up(follow_up, by=lawyer, reason="no longer wanted")
    (gone,) = events(client, address)
    assert before["UID"] == moved["UID"] == gone["UID"]
    assert int(before["SEQUENCE"]) < int(moved["SEQUENCE"]) < int(gone["SEQUENCE"])
    assert moved["DTSTART"].dt == until.replace(microsecond=0)
    assert gone["STATUS"] == "CANCELLED"


def test_a_wall_holds_on_the_next_fetch(client, address, lawyer, follow_up):
    partner = make_person("partner")
    raise_wall(follow_up.client, by=partner, kind="client", mode="excludes", people=[lawyer], reason="x")
    assert events(client, address) == []


def test_nobody_elses(client, follow_up):
    other = make_person("partner")
    assert events(client, of(make_feed(other, titles="full", kinds=["follow_ups"]))) == []


def test_unknown_revoked_replaced_and_left_look_the_same(client, address, lawyer):
    newer = of(make_feed(lawyer, titles="full", kinds=["follow_ups"]))
    assert client.get(address).status_code == 404
    assert client.get(newer).status_code == 200
    lawyer.is_active = False
    lawyer.save()
    left = client.get(newer)
    lawyer.is_active = True
    lawyer.save()
    revoke_feed(lawyer, by=lawyer)
    revoked, unknown = client.get(newer), client.get(of("x" * 43))
    assert {left.status_code, revoked.status_code, unknown.status_code} == {404}
    assert left.content == revoked.content == unknown.content


def test_only_a_fingerprint_is_kept(lawyer):
    token = make_feed(lawyer, titles="bare", kinds=[])
    assert token not in str(CalendarFeed.objects.values())
    assert bytes(CalendarFeed.objects.get().token_hash) == actions.token_hash(token)


def test_too_many_fetches_have_to_wait(client, address, monkeypatch):
    monkeypatch.setattr(actions, "FETCHES", 2)
    now = clock.now()
    with clock.standing_at(now):
        assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    with clock.standing_at(now + actions.WITHIN + timedelta(seconds=1)):
        assert client.get(address).status_code == 200


def test_statements_do_not_grow_with_the_calendar(
    client, address, lawyer, follow_up, django_assert_max_num_queries
):
    for n in range(20):
        create_follow_up(by=lawyer, client=follow_up.client, title=f"{n}", due_at=follow_up.due_at)
    with django_assert_max_num_queries(6):
        assert len(events(client, address)) == 21


def test_the_address_is_shown_once(client, lawyer):
    client.force_login(lawyer)
    page = reverse("firm:calendar")
    shown = client.post(page, {"titles": "bare", "kinds": ["follow_ups"]}).content.decode()
    assert "/calendar/" in shown and ".ics" in shown
    assert ".ics" not in client.get(page).content.decode()
    client.post(reverse("firm:calendar_revoke"))
    assert not CalendarFeed.objects.exists()
