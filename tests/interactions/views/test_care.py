"""The care room in the browser: the list, a message, the plans with their year, the effect."""

from datetime import timedelta
from itertools import count

import pytest
from django.urls import reverse

from interactions.models import CarePlan, CareTask, Contact
from lawcrm.firm import clock
from tests.clients.build import make_client, make_client_person
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
_numbers = count(1)


def make_task(lawyer, **fields):
    number = next(_numbers)
    client = fields.pop("client", None) or make_client(lawyer, language="en", email=f"c{number}@example.com")
    person = make_client_person(client, f"Anna {number}", email=f"anna{number}@example.com")
    today = clock.today()
    values = {
        "kind": "birthday",
        "occasion": f"birthday:{today.year}",
        "on": today,
        "channel": "email",
    } | fields
    return CareTask.objects.create(client=client, person=person, owner=lawyer, **values)


@pytest.fixture
def lawyer(client):
    person = make_person("lawyer")
    client.force_login(person)
    return person


@pytest.fixture
def manager(client):
    person = make_person("manager")
    client.force_login(person)
    return person


def test_the_list_is_flat(client, lawyer):
    assert_flat(
        client,
        reverse("care:greetings"),
        lambda n: [make_task(lawyer) for _ in range(n)],
        at_most=8,
        large=20,
    )


def test_one_after_the_other(client, lawyer):
    first = make_task(lawyer, on=clock.today() - timedelta(days=1))
    second = make_task(lawyer)
    page = client.get(reverse("care:task", args=[first.pk]))
    assert page.context["form"].initial["body"].startswith(f"Dear {first.person.name}")
    answer = client.post(
        reverse("care:task", args=[first.pk]), {"act": "hand", "body": "Hello", "channel": "instant_message"}
    )
    assert answer.url == reverse("care:task", args=[second.pk])
    answer = client.post(reverse("care:task", args=[second.pk]), {"act": "skip", "reason": "met in person"})
    assert answer.url == reverse("care:greetings")
    assert Contact.objects.get().note == "Hello"


def test_edited_words_are_kept(client, lawyer):
    task = make_task(lawyer)
    client.post(reverse("care:task", args=[task.pk]), {"act": "keep", "subject": "S", "body": "My own words"})
    page = client.get(reverse("care:task", args=[task.pk]))
    assert page.context["message"].body == "My own words"


def test_another_lawyers_greeting_is_not_there(client, lawyer):
    hidden = make_task(make_person("lawyer2"))
    assert client.get(reverse("care:task", args=[hidden.pk])).status_code == 404
    page = client.get(reverse("care:greetings"), {"everybody": "on"})
    assert hidden.person.name not in page.content.decode()


def plan(**changes):
    fields = {"version": 1}
    for kind in ("festival", "birthday", "visit", "training", "legal_check_up", "information"):
        fields |= {f"{kind}_lead_days": 1, f"{kind}_channel": "email", f"{kind}_cost": "0"}
        fields |= {f"{kind}_every_months": 6, f"{kind}_first_month": 3, f"{kind}_month_day": 15}
    return fields | changes


def test_the_year_is_shown_before_a_plan_is_saved(client, manager):
    make_client(manager, grade="A")
    address = reverse("care:plan_new") + "?grade=A"
    chosen = plan(festival_on="on", festival_festivals=["spring", "christmas"], visit_on="on")
    page = client.post(address, chosen | {"preview": "1"})
    whats = [line.what for line in page.context["year"].lines]
    assert sorted(whats) == ["Christmas", "Regular visit", "Regular visit", "Spring Festival"]
    assert page.context["year"].clients == 1
    assert not CarePlan.objects.exists()
    client.post(address, chosen | {"save": "1"})
    assert sorted(CarePlan.objects.get(grade="A").steps.values_list("kind", flat=True)) == [
        "festival",
        "visit",
    ]
    assert client.get(address).url == reverse("care:plan", args=[CarePlan.objects.get().pk])


def test_a_plan_saved_meanwhile_is_not_overwritten(client, manager):
    address = reverse("care:plan_new") + "?grade=A"
    client.post(address, plan(birthday_on="on", save="1"))
    edit = reverse("care:plan", args=[CarePlan.objects.get().pk])
    client.post(edit, plan(birthday_on="on", visit_on="on", save="1"))
    client.post(edit, plan(save="1"))
    assert CarePlan.objects.get().steps.count() == 2


def test_a_lawyer_plans_nothing(client, lawyer):
    assert client.get(reverse("care:plans")).status_code == 200
    assert client.get(reverse("care:plan_new") + "?grade=A").status_code == 404


def test_the_effect_of_care(client, lawyer):
    done = make_task(lawyer, cost=30)
    make_task(lawyer)
    client.post(reverse("care:task", args=[done.pk]), {"act": "hand", "body": "Hello", "channel": "phone"})
    effect = client.get(reverse("care:effect")).context["effect"]
    assert (effect.planned, effect.done, effect.coverage, effect.answers, effect.cost) == (2, 1, 50, 0, 30)
