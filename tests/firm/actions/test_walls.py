"""The paperwork of a wall: told, acknowledged, reviewed, lifted by two, and looked back at."""

from datetime import date, datetime, timedelta

import pytest

from clients.actions.clients import set_team, update_client
from clients.models import Client
from lawcrm.firm import clock
from lawcrm.firm.actions import walls
from lawcrm.firm.actions.outbox import send_due
from lawcrm.firm.actions.people import update_person
from lawcrm.firm.models import AccessPast, AuditEntry, Notice, Outbox, User, Wall, WallPerson
from lawcrm.firm.queries.sight import sight_on
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def target():
    return make_client(make_person("lawyer2"), name="Harbour Freight")


def raised(target, partner, *people, **fields):
    values = {"kind": "client", "mode": "excludes", "reason": "Once acted for the other side", **fields}
    return walls.raise_wall(target, people=list(people), by=partner, **values)


def events(person):
    return list(
        Outbox.objects.filter(person=person, channel="app").order_by("id").values_list("event", flat=True)
    )


def test_everybody_named_is_told_without_a_word_from_behind_the_wall(client, target, partner, lawyer):
    raised(target, partner, lawyer)
    send_due()
    client.force_login(lawyer)
    for address in ("/notices/", "/walls/yours/"):
        page = client.get(address).content.decode()
        assert "Harbour" not in page
        assert "Once acted" not in page
    assert Notice.objects.filter(person=lawyer, event="wall.raised").exists()


def test_the_notice_is_what_its_writer_wrote_and_is_confirmed_once(client, target, partner, lawyer):
    wall = raised(target, partner, lawyer, notice="Keep away from the harbour dispute.")
    client.force_login(lawyer)
    address, said = "/walls/yours/", {"wall": str(wall.pk)}
    assert "Keep away from the harbour dispute." in client.get(address).content.decode()
    client.post(address, said)
    first = WallPerson.objects.get().acknowledged_at
    client.post(address, said)
    assert WallPerson.objects.get().acknowledged_at == first
    entry = AuditEntry.objects.get(verb="wall.acknowledged")
    assert (entry.actor_id, entry.object_label, entry.client_id) == (lawyer.pk, "", None)


@pytest.mark.parametrize("name", ["partner", "stranger"])
def test_a_notice_is_only_for_whom_it_names(client, target, partner, lawyer, name):
    wall = raised(target, partner, lawyer)
    client.force_login(User.objects.filter(username=name).first() or make_person(name))
    assert "No wall names you" in client.get("/walls/yours/").content.decode()
    assert client.post("/walls/yours/", {"wall": str(wall.pk)}).status_code == 404
    assert not WallPerson.objects.get().acknowledged_at


def test_who_has_not_confirmed_is_asked_again_each_week(target, partner, lawyer):
    wall = raised(target, partner, lawyer)
    day = clock.local(wall.raised_at).date()
    for days in (1, 6, 7, 8, 14):
        walls.remind_of_walls(day + timedelta(days=days))
    assert events(lawyer) == ["wall.raised"] * 3
    walls.acknowledge(WallPerson.objects.get())
    walls.remind_of_walls(day + timedelta(days=21))
    assert events(lawyer) == ["wall.raised"] * 3


def test_a_wall_due_for_review_is_told_once_to_those_who_keep_walls_and_see_it(target, partner, lawyer):
    wall = raised(target, partner, lawyer, review_on=date(2026, 6, 1))
    walled = make_person("partner2", role="partner")
    WallPerson.objects.create(wall=wall, user=walled)
    for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)):
        walls.remind_of_walls(day)
    assert events(partner) == ["wall.review"]
    send_due()
    assert (
        Notice.objects.filter(event="wall.review").values_list("person__username", flat=True).get()
        == "partner"
    )
    walls.review_wall(wall, target, by=partner, review_on=date(2026, 12, 1), note="Still needed")
    walls.remind_of_walls(date(2026, 6, 9))
    assert events(partner) == ["wall.review"]


def test_lifting_takes_two(target, partner, lawyer):
    other = make_person("admin")
    wall = raised(target, partner, lawyer)
    for person in (partner, other):
        with pytest.raises(walls.SecondPersonNeeded):
            walls.lift_wall(wall, target, by=person)
    walls.ask_to_lift(wall, target, by=partner, reason="The case is closed")
    with pytest.raises(walls.SecondPersonNeeded):
        walls.lift_wall(wall, target, by=partner)
    assert "wall.lift_asked" in events(other)
    walls.lift_wall(wall, target, by=other)
    wall.refresh_from_db()
    assert (wall.lift_asked_by, wall.lifted_by) == (partner, other)


def test_a_wish_taken_back_is_no_wish(target, partner, lawyer):
    other = make_person("admin")
    wall = raised(target, partner, lawyer)
    walls.ask_to_lift(wall, target, by=partner, reason="The case is closed")
    walls.leave_standing(wall, target, by=other)
    with pytest.raises(walls.SecondPersonNeeded):
        walls.lift_wall(wall, target, by=other)
    assert Wall.objects.standing().exists()


def test_the_page_walks_both_steps(client, target, partner, lawyer):
    wall = raised(target, partner, lawyer)
    address = f"/walls/{wall.pk}/"
    client.force_login(partner)
    assert "Harbour Freight" in client.get(address).content.decode()
    client.post(f"{address}ask/", {"reason": "Over"})
    client.post(f"{address}lift/")
    assert Wall.objects.standing().exists()
    client.force_login(make_person("admin"))
    client.post(f"{address}lift/")
    assert not Wall.objects.standing().exists()


@pytest.mark.parametrize("days", [0, 400])
def test_a_review_is_a_day_to_come_and_not_far_off(client, target, partner, lawyer, days):
    wall = raised(target, partner, lawyer)
    client.force_login(partner)
    day = clock.today(partner) + timedelta(days=days)
    page = client.post(f"/walls/{wall.pk}/review/", {"review_on": day.isoformat(), "note": "Seen"})
    assert "Choose a day to come" in page.content.decode()
    assert not AuditEntry.objects.filter(verb="wall.reviewed").exists()


# -- who could see it --------------------------------------------------------------------------------------

DAY = date(2026, 3, 10)


def at(hour, day=DAY):
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.zone_of())


@pytest.fixture
def long_ago(target, partner, lawyer):
    """Everything stands since the first of March."""
    for model in (User, Client):
        model.objects.update(created_at=at(9, date(2026, 3, 1)))
    target.refresh_from_db()


def until(row_id, moment):
    """The newest change of the row happened at that moment."""
    past = AccessPast.objects.filter(row_id=row_id).latest("id")
    AccessPast.objects.filter(pk=past.pk).update(until=moment)


def told(target, day=DAY):
    return {
        (
            one.person.username,
            one.why,
            one.since and clock.local(one.since).hour,
            one.until and clock.local(one.until).hour,
        )
        for one in sight_on("client", target, day).seen
    }


def test_the_past_is_told_by_what_held_then(target, partner, lawyer, long_ago):
    set_team(target, by=partner, people=[lawyer])
    until(target.pk, at(12))
    update_person(partner, by=make_person("admin"), scope="own")
    until(partner.pk, at(15))
    User.objects.filter(username="admin").update(created_at=at(23, date(2026, 4, 1)))
    target.refresh_from_db()
    assert told(target) == {
        ("lawyer2", "responsible", None, None),
        ("lawyer", "team", 12, None),
        ("partner", "firm", None, 15),
    }
    assert told(target, date(2026, 3, 9)) == {
        ("lawyer2", "responsible", None, None),
        ("partner", "firm", None, None),
    }
    assert told(target, date(2026, 3, 11)) == {
        ("lawyer2", "responsible", None, None),
        ("lawyer", "team", None, None),
    }
    assert not sight_on("client", target, date(2026, 2, 20)).existed


def test_a_wall_divides_the_day(target, partner, lawyer, long_ago):
    wall = raised(target, lawyer, partner)
    Wall.objects.update(raised_at=at(10), lifted_at=at(16), lifted_by=lawyer)
    assert told(target) == {
        ("lawyer2", "responsible", None, None),
        ("partner", "firm", None, 10),
        ("partner", "firm", 16, None),
    }
    Wall.objects.update(raised_at=at(10, date(2026, 3, 9)))
    Wall.objects.update(lifted_at=None, lifted_by=None)
    day = sight_on("client", target, DAY)
    assert ([one.username for one in day.kept_out], day.walls) == (["partner"], [wall])


def test_the_report_is_flat(client, target, partner, lawyer, django_assert_max_num_queries):
    for n in range(8):
        make_person(f"p{n}", role="lawyer")
        update_client(
            Client.objects.get(),
            by=partner,
            version=n + 1,
            changes={"responsible": User.objects.latest("id")},
        )
    with django_assert_max_num_queries(6):
        sight_on("client", Client.objects.get(), clock.today())
    client.force_login(partner)
    page = client.get(f"/walls/client/{target.pk}/sight/").content.decode()
    assert "Responsible lawyer" in page
    assert client.get(f"/walls/client/{target.pk}/sight/?on=2999-01-01").context["told"] is None
