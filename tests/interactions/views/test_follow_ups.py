"""Follow-ups in pages: the list, planning, snoozing, cancelling, giving away, the next step."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interactions.actions.follow_ups import create_follow_up, snooze_follow_up
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from matters.actions.matters import open_matter
from matters.models import MatterProgress
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lawyer():
    return make_person("lawyer", supervisor=make_person("partner"))


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods", grade="A")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def in_days(days):
    return clock.now() + timedelta(days=days)


def plan(client, title, days=1, owner=None, **fields):
    owner = owner or client.responsible
    return create_follow_up(by=owner, client=client, title=title, due_at=in_days(days), owner=owner, **fields)


def test_what_one_watches_and_what_one_has_given_away(desk, lawyer, harbour):
    other = make_person("other", scope="firm")
    plan(harbour, "watched one", owner=other, watcher_ids=[lawyer.pk])
    plan(harbour, "unwatched one", owner=other)
    create_follow_up(by=lawyer, client=harbour, title="given one", due_at=in_days(1), owner=other)
    plan(harbour, "own one")
    for whose, title in (("watched", "watched one"), ("given", "given one")):
        page = text(desk.get("/follow-ups/", {"whose": whose}))
        shown = {one for one in ("watched one", "unwatched one", "given one", "own one") if one in page}
        assert shown == {title}


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"late one", "coming one", "asleep one"}),
        ({"state": "late"}, {"late one"}),
        ({"state": "due"}, {"late one"}),
        ({"state": "snoozed"}, {"asleep one"}),
        ({"state": "done"}, {"done one"}),
        ({"whose": "all"}, {"late one", "coming one", "asleep one", "other one"}),
        ({"whose": "nonsense"}, {"late one", "coming one", "asleep one"}),
    ],
)
def test_the_list_by_whose_and_state(desk, harbour, lawyer, query, shown):
    plan(harbour, "late one", -2)
    plan(harbour, "coming one", 5)
    plan(harbour, "other one", 5, owner=make_person("lawyer2"))
    snooze_follow_up(plan(harbour, "asleep one", 3), by=lawyer, until=in_days(9))
    make_contact(harbour, does_follow_up=plan(harbour, "done one", -1))
    page = text(desk.get("/follow-ups/", query))
    titles = {"late one", "coming one", "asleep one", "other one", "done one"}
    assert {title for title in titles if f">{title}<" in page} == shown


def test_a_partner_sees_what_is_late_with_those_they_supervise(client, harbour, lawyer):
    plan(harbour, "late one", -2)
    plan(harbour, "of somebody else", -2, owner=make_person("lawyer2"))
    client.force_login(lawyer.supervisor)
    page = text(client.get("/follow-ups/", {"whose": "team", "state": "late"}))
    assert "late one" in page
    assert "Wei Chen" in page
    assert "of somebody else" not in page


def test_the_list_costs_the_same_however_long(desk, harbour):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            text(desk.get("/follow-ups/"))
        return len(queries)

    for _ in range(3):
        plan(harbour, "Call")
    few = cost()
    for _ in range(27):
        plan(harbour, "Call")
    assert cost() == few <= 10


def test_planning_one_by_hand_at_the_owners_hour(desk, harbour):
    colleague = make_person("lawyer2", time_zone="Europe/London")
    assert "Plan a follow-up" in text(desk.get("/follow-ups/new/", {"client": harbour.pk}))
    response = desk.post(
        f"/follow-ups/new/?client={harbour.pk}",
        {
            "title": "Visit",
            "due_on": "2030-07-01",
            "due_time": "14:30",
            "owner": colleague.pk,
            "priority": "1",
        },
    )
    assert response.url == f"/clients/{harbour.pk}/"
    row = FollowUp.objects.get()
    assert (row.title, row.owner, row.priority) == ("Visit", colleague, 1)
    assert row.due_at.isoformat() == "2030-07-01T13:30:00+00:00"


def test_changing_and_giving_away(desk, harbour):
    row = plan(harbour, "Call")
    colleague = make_person("lawyer2")
    page = text(desk.get(f"/follow-ups/{row.pk}/"))
    assert 'value="Call"' in page
    values = {
        "title": "Call them",
        "due_on": "2030-07-01",
        "owner": colleague.pk,
        "priority": "2",
        "version": 1,
    }
    assert desk.post(f"/follow-ups/{row.pk}/", values).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.owner, clock.local(row.due_at, colleague).hour) == ("Call them", colleague, 9)
    stale = desk.post(f"/follow-ups/{row.pk}/", {**values, "title": "Mine"})
    assert stale.status_code == 409
    assert "Call them" in stale.content.decode()


def test_whom_it_does_not_concern_sees_it_without_a_form(client, harbour):
    row = plan(harbour, "Call")
    client.force_login(make_person("specialist"))
    page = text(client.get(f"/follow-ups/{row.pk}/"))
    assert "Call" in page
    assert 'name="title"' not in page


def test_done_means_logging_the_contact(desk, harbour):
    row = plan(harbour, "Call")
    assert desk.get(f"/follow-ups/{row.pk}/done/").url == f"/interactions/log/?follow_up={row.pk}"


def test_snoozing_in_one_click(desk, harbour, lawyer):
    row = plan(harbour, "Call")
    response = desk.post(f"/follow-ups/{row.pk}/snooze/", {"preset": "week"}, headers=HTMX)
    assert response.status_code == 204
    assert "client-changed" in json.loads(response.headers["HX-Trigger"])
    row.refresh_from_db()
    assert row.state == "snoozed"
    assert clock.local(row.snoozed_until, lawyer).hour == 9
    day = clock.today(lawyer) + timedelta(days=20)
    desk.post(f"/follow-ups/{row.pk}/snooze/", {"until": day.isoformat()})
    row.refresh_from_db()
    assert clock.local(row.snoozed_until, lawyer).date() == day


@pytest.mark.parametrize("values", [{}, {"until": "2020-01-01"}, {"preset": "someday"}])
def test_a_snooze_that_says_nothing_changes_nothing(desk, harbour, values):
    row = plan(harbour, "Call")
    response = desk.post(f"/follow-ups/{row.pk}/snooze/", values, headers=HTMX)
    assert json.loads(response.headers["HX-Trigger"])["lawcrm:toast"]["late"]
    row.refresh_from_db()
    assert row.state == "open"


def test_cancelling_with_a_reason(desk, harbour):
    row = plan(harbour, "Call")
    text(desk.get(f"/follow-ups/{row.pk}/cancel/"))
    assert "required" in text(desk.post(f"/follow-ups/{row.pk}/cancel/", {"reason": ""}))
    desk.post(f"/follow-ups/{row.pk}/cancel/", {"reason": "They called themselves"})
    row.refresh_from_db()
    assert (row.state, row.cancel_reason) == ("cancelled", "They called themselves")
    again = desk.post(f"/follow-ups/{row.pk}/cancel/", {"reason": "x"}, follow=True)
    assert "no longer open" in again.content.decode()


def test_the_next_step_in_one_click(desk, harbour):
    make_contact(harbour)
    response = desk.post(f"/interactions/client/{harbour.pk}/next-step/", headers=HTMX)
    row = FollowUp.objects.get()
    assert (row.origin, row.client) == ("next_step", harbour)
    toast = json.loads(response.headers["HX-Trigger"])["lawcrm:toast"]
    assert toast["url"] == f"/follow-ups/{row.pk}/"
    desk.post(f"/interactions/client/{harbour.pk}/next-step/")
    assert FollowUp.objects.count() == 1


def test_telling_progress_records_and_logs_it(desk, harbour, lawyer):
    matter = open_matter(
        by=lawyer,
        client=harbour,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today() - timedelta(days=90),
    )
    text(desk.get(f"/interactions/matter/{matter.pk}/progress/"))
    response = desk.post(
        f"/interactions/matter/{matter.pk}/progress/", {"text": "We filed it.", "channel": "email"}
    )
    assert response.url == f"/matters/{matter.pk}/"
    contact = Contact.objects.get()
    assert (contact.matter, contact.purposes, contact.initiator) == (matter, ["progress_report"], "firm")
    told = MatterProgress.objects.get()
    assert (told.text, told.audience, told.contact_id) == ("We filed it.", "told", contact.pk)
