"""Today: what waits for whom, with its reason."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Client, RelationshipAssessment
from interactions.actions.contacts import PromiseMade
from interactions.actions.follow_ups import create_follow_up, snooze_follow_up
from lawcrm.firm import clock, lunar
from lawcrm.firm.models import Notice, Wall, WallPerson
from lawcrm.firm.partial_dates import PartialDate
from matters.actions.matters import open_matter
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


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


def sections(response):
    return {section.code: section.rows for section in response.context["sections"]}


def titles(desk, code):
    return [row.title for row in sections(desk.get("/")).get(code, [])]


def matter_of(client, **fields):
    values = dict(
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today() - timedelta(days=60),
        **fields,
    )
    return open_matter(by=client.responsible, client=client, **values)


def test_an_empty_day_says_what_would_appear_here(desk):
    page = desk.get("/").content.decode()
    assert "Nothing waits for you today" in page
    assert "progress reports owed" in page


def test_what_is_due_and_late_is_here_what_sleeps_or_comes_later_is_not(desk, harbour, lawyer):
    for title, days in [("late one", -3), ("later", 3)]:
        create_follow_up(by=lawyer, client=harbour, title=title, due_at=in_days(days))
    asleep = create_follow_up(by=lawyer, client=harbour, title="asleep", due_at=in_days(-1))
    snooze_follow_up(asleep, by=lawyer, until=in_days(4))
    other = make_person("lawyer2")
    create_follow_up(by=lawyer, client=harbour, title="of another", due_at=in_days(-1), owner=other)
    assert titles(desk, "due") == ["late one"]
    page = desk.get("/").content.decode()
    assert "3 days late" in page
    assert "1 late" in page


def test_promises_stand_apart(desk, harbour):
    make_contact(
        harbour,
        at=in_days(-9),
        promises=[PromiseMade(text="Send the draft", due_on=clock.today() - timedelta(days=1))],
    )
    assert titles(desk, "promises") == ["Send the draft"]
    assert titles(desk, "due") == []


def test_birthdays_of_clients_and_of_the_people_there(desk, lawyer, harbour):
    soon = clock.today(lawyer) + timedelta(days=2)
    far = clock.today(lawyer) + timedelta(days=30)
    person = make_client(lawyer, name="Wang Fang", kind="person", birth_date=soon.replace(year=1980))
    make_client(lawyer, name="Not yet", kind="person", birth_date=far.replace(year=1980))
    make_client_person(harbour, name="Anna Bell", birth_date=soon.replace(year=1976))
    make_client_person(harbour, name="Shy One", birth_date=soon.replace(year=1976), do_not_greet=True)
    _year, month, day, leap = lunar.from_solar(soon)
    make_client_person(harbour, name="Luna Yu", birth_date=PartialDate(None, month, day, True, leap))
    make_client_person(harbour, name="May Only", birth_date=PartialDate(month=soon.month))
    assert titles(desk, "birthdays") == ["Anna Bell", "Luna Yu", "Wang Fang"]
    make_contact(person, purposes=["greeting"])
    assert titles(desk, "birthdays") == ["Anna Bell", "Luna Yu"]


def test_clients_gone_quiet_the_weightiest_first(desk, lawyer, harbour):
    plain = make_client(lawyer, name="Plain")
    Client.objects.filter(pk__in=[harbour.pk, plain.pk]).update(quiet_from=clock.today() - timedelta(days=4))
    make_client(lawyer, name="In touch")
    assert titles(desk, "quiet") == ["Harbour Foods", "Plain"]
    assert "4 days over" in desk.get("/").content.decode()


def test_progress_owed_on_open_matters(desk, harbour):
    matter = matter_of(harbour)
    assert titles(desk, "progress") == ["Lease"]
    make_contact(harbour, at=in_days(-40))
    assert sections(desk.get("/"))["progress"][0].when == "40 days"
    make_contact(harbour, purposes=["progress_report"], initiator="client")
    assert titles(desk, "progress") == ["Lease"]  # the client asked: that is no report
    make_contact(harbour, matter=matter)
    assert titles(desk, "progress") == []


def test_a_report_on_another_matter_is_none(desk, harbour):
    matter_of(harbour)
    other = matter_of(harbour, number="2")
    make_contact(harbour, matter=other)
    assert titles(desk, "progress") == ["Lease"]


def test_next_dates_of_matters(desk, harbour):
    today = clock.today()
    matter_of(harbour, next_date=today + timedelta(days=3), next_date_note="Hearing")
    matter_of(harbour, next_date=today - timedelta(days=3), next_date_note="Filing")
    matter_of(harbour, next_date=today + timedelta(days=60), next_date_note="Far off")
    assert titles(desk, "dates") == ["Filing", "Hearing"]
    assert sections(desk.get("/"))["dates"][0].late


def test_relationships_that_fell_until_looked_at(desk, harbour, lawyer):
    RelationshipAssessment.objects.filter(client=harbour).delete()
    row = RelationshipAssessment.objects.create(
        client=harbour, type=2, previous_type=4, fingerprint="x", assessed_on=clock.today()
    )
    notice = Notice.objects.create(
        person=lawyer,
        event="relationship.fell",
        object_type="clients.relationshipassessment",
        object_id=row.pk,
    )
    assert [duty.why for duty in sections(desk.get("/"))["falls"]] == ["From Proactive to Passive"]
    Notice.objects.filter(pk=notice.pk).update(read_at=clock.now())
    assert titles(desk, "falls") == []


def test_a_partner_sees_who_of_the_others_is_late(client, harbour, lawyer):
    for _ in range(2):
        create_follow_up(by=lawyer, client=harbour, title="Call", due_at=in_days(-3))
    client.force_login(lawyer.supervisor)
    response = client.get("/")
    row = sections(response)["team"][0]
    assert (row.title, row.when) == ("Wei Chen", "2 late")
    assert client.get(row.url).content.decode().count('class="duty duty-short is-late"') == 2
    client.force_login(lawyer)
    assert "team" not in sections(client.get("/"))


def test_the_auditor_is_led_to_the_auditors_work(client):
    client.force_login(make_person("auditor"))
    response = client.get("/")
    assert response.status_code == 302
    assert response.url != "/"


def test_behind_a_wall_nothing_waits(desk, harbour, lawyer):
    create_follow_up(by=lawyer, client=harbour, title="Call", due_at=in_days(-3))
    matter_of(harbour, next_date=clock.today())
    Client.objects.filter(pk=harbour.pk).update(quiet_from=clock.today())
    make_client_person(harbour, name="Anna Bell", birth_date=clock.today(lawyer))
    assert len(sections(desk.get("/"))) == 5
    wall = Wall.objects.create(
        kind="client", target_id=harbour.pk, mode="excludes", reason="conflict", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=lawyer)
    page = desk.get("/").content.decode()
    assert "Harbour" not in page
    assert "Nothing waits for you" in page


def test_a_fragment_is_only_the_day(desk):
    assert "<html" not in desk.get("/", headers={"HX-Request": "true"}).content.decode()


@pytest.mark.parametrize("who", ["lawyer", "partner"])
def test_the_price_of_a_full_day(client, lawyer, who):
    person = lawyer if who == "lawyer" else lawyer.supervisor

    def fill(number):
        for at in range(number):
            row = make_client(person, name=f"C{at}", kind="person", birth_date=clock.today(person))
            create_follow_up(by=person, client=row, title="Call", due_at=in_days(-1))
            matter_of(row, next_date=clock.today())
            create_follow_up(by=person, client=row, title="X", due_at=in_days(-1), owner=lawyer)
        Client.objects.update(quiet_from=clock.today())

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        return len(queries)

    client.force_login(person)
    fill(3)
    few = cost()
    fill(27)
    assert cost() == few <= 15
