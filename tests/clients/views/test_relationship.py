"""The ladder, its reasons for those who may open them, the path, overriding."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from interactions.enums import Confidentiality, Purpose
from lawcrm.firm import clock
from lawcrm.firm.models import Wall, WallPerson
from matters.actions.matters import open_matter
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer(partner):
    return make_person("lawyer", supervisor=partner)


@pytest.fixture
def client(lawyer):
    return make_client(lawyer, client_since=clock.today() - timedelta(days=900))


def browser_of(person):
    browser = Browser()
    browser.force_login(person)
    return browser


def page(person, client, name="relationship", **headers):
    return browser_of(person).get(reverse(f"clients:{name}", args=[client.pk]), headers=headers)


def test_the_ladder_on_the_client_page(client, lawyer):
    make_contact(client)
    text = page(lawyer, client, "detail").content.decode()
    assert "type-passive is-current" in text
    assert reverse("interactions:next_step", args=[client.pk]) in text
    assert f'hx-get="{reverse("clients:relationship", args=[client.pk])}"' in text


def test_not_yet_assessed_is_said(client, lawyer):
    text = page(lawyer, client, "detail").content.decode()
    assert "Not yet assessed" in text
    assert "log the first one" in text
    assert "is-current" not in text


def test_each_criterion_with_its_figures_and_records(client, lawyer):
    contact = make_contact(client)
    text = page(lawyer, client, HX_Request="true").content.decode()
    assert "<html" not in text
    assert "1 two-way contact in the last 365 days" in text
    assert reverse("interactions:detail", args=[contact.pk]) in text


def test_a_record_that_is_not_theirs_to_open_is_not_counted_for_them(client, lawyer, partner):
    open_contact = make_contact(client)
    hidden = make_contact(client, confidentiality=Confidentiality.TEAM)
    for person, sees in ((lawyer, True), (partner, False)):
        text = page(person, client, HX_Request="true").content.decode()
        assert ("2 two-way contacts" in text) is sees
        assert ("1 two-way contact in" in text) is not sees
        assert (str(hidden.pk) in text) is sees
        assert str(open_contact.pk) in text


def test_a_matter_behind_a_wall_is_neither_named_nor_counted(client, lawyer, partner):
    make_contact(client)
    matter = open_matter(
        by=lawyer,
        client=client,
        title="Secret takeover",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today() - timedelta(days=100),
    )
    assert "Secret takeover" in page(partner, client).content.decode()
    wall = Wall.objects.create(
        kind="matter", target_id=matter.pk, mode="excludes", reason="x", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=partner)
    text = page(partner, client).content.decode()
    assert "Secret takeover" not in text
    assert "matter had" not in text
    assert "open matter" not in text


def test_the_path(client, lawyer):
    make_contact(client, purposes=[Purpose.EXPECTATION_CHECK])
    make_contact(client, purposes=[Purpose.FEEDBACK_SOUGHT])
    text = page(lawyer, client).content.decode()
    assert "risen" in text
    assert "Now holds: Feedback sought" in text


def test_a_client_behind_a_wall_does_not_exist(client, lawyer):
    wall = Wall.objects.create(
        kind="client", target_id=client.pk, mode="excludes", reason="x", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=lawyer)
    assert page(lawyer, client).status_code == 404


def fill_in(person, client, **changes):
    values = {
        "type": "4",
        "reason": "Weekly lunches",
        "ends_on": clock.today() + timedelta(days=30),
    } | changes
    return browser_of(person).post(reverse("clients:override", args=[client.pk]), values)


def test_judged_by_hand_and_back(client, partner):
    make_contact(client)
    assert page(partner, client, "override").status_code == 200
    assert fill_in(partner, client).status_code == 302
    text = page(partner, client, "detail").content.decode()
    assert "type-proactive is-current" in text
    assert "assessed: Passive" in text
    assert "Weekly lunches" in text
    assert "Let the assessed type count again" in page(partner, client, "override").content.decode()
    browser_of(partner).post(reverse("clients:override_withdraw", args=[client.pk]))
    assert "type-passive is-current" in page(partner, client, "detail").content.decode()


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"ends_on": "2020-01-01"}, {"ends_on": "2999-01-01"}, {"type": "9"}]
)
def test_mistakes_are_said(client, partner, changes):
    answer = fill_in(partner, client, **changes)
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()


def test_only_partners(client, lawyer):
    assert page(lawyer, client, "override").status_code == 404
    assert fill_in(lawyer, client).status_code == 404


def test_the_page_takes_few_statements(client, lawyer, django_assert_max_num_queries):
    for _ in range(12):
        make_contact(client)
    browser = browser_of(lawyer)
    url = reverse("clients:relationship", args=[client.pk])
    browser.get(url)
    with django_assert_max_num_queries(18):
        browser.get(url)
