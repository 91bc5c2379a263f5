"""One's follow-ups by the calendar, and moving them about in it."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from interactions.actions.follow_ups import create_follow_up
from interactions.models import FollowUp
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 3, 10, 0, tzinfo=clock.zone_of())


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def test_each_view_asks_as_much_for_many_as_for_few(desk, lawyer):
    client_row = make_client(lawyer)

    def grow(number):
        for _each in range(number):
            create_follow_up(by=lawyer, client=client_row, title="Ring", due_at=clock.now())

    for view in ("day", "week", "agenda"):
        assert_flat(desk, f"{reverse('interactions:calendar')}?view={view}", grow, at_most=10)


@pytest.mark.parametrize(
    ("view", "named"), [("week", "26 February 2001 – 4 March 2001"), ("day", "3 March 2001")]
)
def test_the_days_shown_are_named(desk, view, named):
    page = desk.get(reverse("interactions:calendar"), {"view": view, "on": "2001-03-03"})
    assert f"<strong>{named}</strong>" in page.content.decode()


def test_it_is_moved_to_another_day_and_the_second_of_two_is_told(desk, lawyer):
    row = create_follow_up(by=lawyer, client=make_client(lawyer), title="Ring", due_at=NOW)
    url = reverse("interactions:follow_up_move", args=[row.pk])
    answer = desk.post(url, {"day": "2027-03-09", "version": row.version})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert clock.local(row.due_at, lawyer).date() == date(2027, 3, 9)
    desk.post(url, {"day": "2027-03-10", "version": row.version - 1})
    desk.post(url, {"day": "never", "version": row.version})
    assert FollowUp.objects.get().due_at == row.due_at


def test_done_without_a_contact_needs_an_outcome(desk, lawyer):
    row = create_follow_up(by=lawyer, client=make_client(lawyer), title="File it", due_at=NOW)
    url = reverse("interactions:follow_up_done", args=[row.pk])
    desk.post(url, {"outcome": " "})
    assert FollowUp.objects.get().state == "open"
    desk.post(url, {"outcome": "Filed"})
    assert (FollowUp.objects.get().state, FollowUp.objects.get().outcome) == ("done", "Filed")


def test_an_administrator_sees_what_other_rules_would_raise_before_saving(client):
    client.force_login(make_person("admin"))
    url = reverse("interactions:triggers")
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields} | {"note": "Greetings are the specialist's"}
    data = {name: value for name, value in data.items() if value is not None and value is not False}
    data.pop("on_birthday")
    looked = client.post(url, data)
    assert [line["new"] for line in looked.context["changes"]] == ["off"]
    saved = client.post(url, data | {"save": "1"})
    assert saved.status_code == 302
    assert client.get(url).context["form"]["on_birthday"].value() is False
