"""Where care greets, no trigger asks somebody to greet as well: by plan, and by what was prepared."""

from datetime import UTC, date, datetime, timedelta

import pytest

from interactions.actions.care import skip
from interactions.actions.care_plans import drop_plan, save_plan
from interactions.actions.care_prepare import prepare_care
from interactions.actions.triggers import look_at
from interactions.enums import CareState, FollowUpState, Trigger
from interactions.models import CarePlan, CareTask, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.partial_dates import PartialDate
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 10)
BIRTHDAY = PartialDate(1980, 3, 12)


@pytest.fixture(autouse=True)
def in_march():
    with clock.standing_at(datetime(2026, 3, 10, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def lawyer():
    return make_person("lawyer", supervisor=make_person("partner"))


def make_plan(lawyer, *kinds, grade="", client=None, festivals=()):
    steps = [
        {"kind": kind, **({"festivals": list(festivals)} if kind == "festival" else {})} for kind in kinds
    ]
    return save_plan(CarePlan(grade=grade, client=client), by=lawyer, version=0, steps=steps)


def prepare(day):
    cursor = {}
    while prepare_care(cursor, day):
        pass


def asked(trigger, *clients, today=MARCH):
    look_at([one.pk for one in clients], today=today)
    rows = FollowUp.objects.filter(trigger=trigger, state=FollowUpState.OPEN)
    return sorted(str(row.person or row.client) for row in rows)


def client_with_birthdays(lawyer, **fields):
    made = make_client(lawyer, name="Harbour", birth_date=BIRTHDAY, **fields)
    make_client_person(made, "Anna Bell", birth_date=BIRTHDAY)
    return made


def test_without_care_both_are_asked_for(lawyer):
    made = client_with_birthdays(lawyer, grade="A")
    assert asked(Trigger.BIRTHDAY, made) == ["Anna Bell", "Harbour"]


@pytest.mark.parametrize("own", [True, False])
def test_a_plan_that_greets_birthdays_is_enough(lawyer, own):
    made = client_with_birthdays(lawyer, grade="A")
    make_plan(lawyer, "birthday", **({"client": made} if own else {"grade": "A"}))
    assert asked(Trigger.BIRTHDAY, made) == []


def test_a_plan_of_another_grade_or_an_own_one_without_birthdays_is_not(lawyer):
    made = client_with_birthdays(lawyer, grade="A")
    make_plan(lawyer, "birthday", grade="B")
    assert len(asked(Trigger.BIRTHDAY, made)) == 2
    other = client_with_birthdays(lawyer, grade="B")
    make_plan(lawyer, "visit", client=other)
    assert len(asked(Trigger.BIRTHDAY, other)) == 4


def test_a_plan_made_afterwards_closes_what_was_asked_for(lawyer):
    made = client_with_birthdays(lawyer, grade="A")
    assert len(asked(Trigger.BIRTHDAY, made)) == 2
    make_plan(lawyer, "birthday", grade="A")
    assert asked(Trigger.BIRTHDAY, made) == []


def test_somebody_greeted_for_one_client_is_not_asked_for_at_another(lawyer):
    first = client_with_birthdays(lawyer, grade="A")
    second = make_client(lawyer, name="Quay")
    second.places.create(person=first.places.get().person, roles=["user"])
    make_plan(lawyer, "birthday", grade="A")
    assert asked(Trigger.BIRTHDAY, second, today=MARCH) == []


def test_what_was_prepared_counts_after_its_plan_is_gone_and_when_it_was_left_out(lawyer):
    made = client_with_birthdays(lawyer, grade="A")
    plan = make_plan(lawyer, "birthday", grade="A")
    prepare(MARCH + timedelta(days=1))
    drop_plan(plan, by=lawyer)
    assert {task.state for task in CareTask.objects.all()} == {CareState.WAITING}
    assert asked(Trigger.BIRTHDAY, made) == []
    skip(CareTask.objects.get(person=None), by=lawyer, reason="Abroad")
    assert asked(Trigger.BIRTHDAY, made) == []


def test_a_festival_of_the_plan_is_not_asked_for_another_is(lawyer):
    made = make_client(lawyer, name="华夏", grade="A", language="zh-hans")
    autumn, spring = date(2026, 9, 25), date(2027, 2, 6)
    plan = make_plan(lawyer, "festival", grade="A", festivals=["mid_autumn"])
    assert asked(Trigger.FESTIVAL, made, today=autumn - timedelta(days=1)) == []
    assert asked(Trigger.FESTIVAL, made, today=spring - timedelta(days=1)) == ["华夏"]
    prepare(autumn - timedelta(days=1))
    drop_plan(plan, by=lawyer)
    assert CareTask.objects.count() == 1
    assert asked(Trigger.FESTIVAL, made, today=autumn) == []
