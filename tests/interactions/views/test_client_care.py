"""The tab of a client's care: the plan that holds, its year for this client, what was done."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from interactions.actions.care_plans import save_plan
from interactions.actions.care_prepare import prepare_care
from interactions.actions.events import add_guests, make_event
from interactions.models import CarePlan, CareTask
from lawcrm.firm import clock
from lawcrm.firm.partial_dates import PartialDate
from tests.clients.build import make_client, make_client_person
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_march():
    with clock.standing_at(datetime(2026, 3, 10, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def manager(client):
    person = make_person("manager")
    client.force_login(person)
    return person


@pytest.fixture
def harbour():
    made = make_client(make_person("lawyer"), name="Harbour", grade="A", language="en")
    make_client_person(made, "Anna Bell", birth_date=PartialDate(1980, 3, 12), role="decision_maker")
    make_client_person(made, "Carl Quiet", birth_date=PartialDate(1980, 5, 1), do_not_greet=True)
    return made


def plan_of(manager, client=None, grade="", kinds=("festival", "birthday")):
    steps = [
        {"kind": kind, **({"festivals": ["christmas", "spring"]} if kind == "festival" else {})}
        for kind in kinds
    ]
    return save_plan(CarePlan(grade=grade, client=client), by=manager, version=0, steps=steps)


def tab(client, harbour):
    return client.get(reverse("care:client", args=[harbour.pk]))


def test_without_a_plan_it_says_why(client, manager, harbour):
    assert "grade A has none yet" in tab(client, harbour).content.decode()
    assert tab(client, harbour).context["year"] == []


def test_the_plan_of_the_grade_is_told_with_its_year_for_this_client(client, manager, harbour):
    plan_of(manager, grade="A")
    answer = tab(client, harbour)
    assert (answer.context["force"].is_own, len(answer.context["force"].steps)) == (False, 2)
    assert [(line.on, line.what, line.whom) for line in answer.context["year"]] == [
        ("12 March", "Birthday greetings", "Anna Bell"), ("25 December", "Christmas", "Anna Bell"),
    ]  # fmt: skip


def test_the_year_is_what_the_nights_prepare(client, manager, harbour):
    plan_of(manager, grade="A")
    for month, day in ((3, 11), (12, 24)):
        cursor = {}
        with clock.standing_at(datetime(2026, month, day, 4, tzinfo=UTC)):
            while prepare_care(cursor):
                pass
    prepared = {(task.on, task.person.name) for task in CareTask.objects.select_related("person")}
    assert len(prepared) == 2 == len(tab(client, harbour).context["year"])


def test_a_plan_of_its_own_begins_as_the_grades_and_takes_its_place(client, manager, harbour):
    plan_of(manager, grade="A")
    page = client.get(reverse("care:plan_new"), {"client": harbour.pk})
    assert [step["kind"] for step in plan_steps(page)] == ["festival", "birthday"]
    assert page.context["back_url"] == reverse("care:client", args=[harbour.pk])
    own = plan_of(manager, client=harbour, kinds=("visit",))
    force = tab(client, harbour).context["force"]
    assert (force.is_own, force.steps) == (True, ["Regular visit"])
    gone = client.post(reverse("care:plan_drop", args=[own.pk]))
    assert gone["Location"] == reverse("care:client", args=[harbour.pk])


def plan_steps(page):
    return [{"kind": part.kind} for part in page.context["form"].parts if part.on.initial]


def test_events_stand_there_and_the_page_stays_flat(client, manager, harbour):
    plan_of(manager, grade="A")

    def grow(number):
        for each in range(number):
            event = make_event(
                by=manager, title=f"Seminar {each}", place="Hall", organiser=manager, starts_at=clock.now()
            )
            add_guests(event, [harbour], by=manager)
            occasion = f"visit:{CareTask.objects.count()}"
            CareTask.objects.create(
                client=harbour,
                kind="visit",
                occasion=occasion,
                on=clock.today(),
                owner=manager,
                channel="email",
            )

    assert_flat(client, reverse("care:client", args=[harbour.pk]), grow, at_most=20)
    assert "Seminar 1" in tab(client, harbour).content.decode()


def test_who_does_not_plan_reads_it_without_the_buttons(client, harbour):
    client.force_login(harbour.responsible)
    assert "care/plans/new" not in tab(client, harbour).content.decode()
    client.force_login(make_person("colleague"))
    assert tab(client, harbour).status_code == 404
