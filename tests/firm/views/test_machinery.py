"""The work in the background, as administrators see it."""

import pytest
from django.test import Client
from django.urls import reverse

from lawcrm.firm import clock
from lawcrm.firm.actions.heartbeat import seen
from lawcrm.firm.models import AuditEntry, Job, Outbox, ScheduledRun
from lawcrm.firm.sentences import sentence
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    client = Client()
    client.force_login(make_person("admin"))
    return client


@pytest.fixture
def message():
    return Outbox.objects.create(
        event="follow_up.due",
        key="one",
        person=make_person("lawyer"),
        channel="mail",
        state="unknown",
        problem="the sender was stopped",
        due_at=clock.now(),
    )


def page(browser) -> str:
    return browser.get(reverse("firm:machinery")).content.decode()


def test_all_is_well(browser):
    seen("worker"), seen("beat")
    text = page(browser)
    assert "not seen lately" not in text
    assert "Every message reached its end" in text


def test_what_is_wrong_is_said(browser, message):
    Job.objects.create(
        kind="test", requested_by=message.person, state="failed", problem="killed", finished_at=clock.now()
    )
    ScheduledRun.objects.create(
        job="clients.assess", local_date=clock.today(), problem="ValueError", attempts=3
    )
    text = page(browser)
    assert text.count("not seen lately") == 2
    assert "A follow-up is due" in text
    assert "outcome unknown" in text
    assert "three times at the same place" in text
    assert "failed (ValueError)" in text


def test_sent_again_on_purpose(browser, message):
    browser.post(reverse("firm:message_again", args=[message.pk]))
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 0)
    assert sentence(AuditEntry.objects.get(verb="message.sent_again")).startswith(
        "Grace Lin had a message to"
    )
    assert browser.post(reverse("firm:message_again", args=[message.pk])).status_code == 404


def test_left_at_that(browser, message):
    browser.post(reverse("firm:message_settled", args=[message.pk]))
    message.refresh_from_db()
    assert message.state == "dropped"
    assert "outcome unknown" not in page(browser)


def test_the_number_of_statements_is_flat(browser, message, django_assert_max_num_queries):
    for number in range(30):
        Outbox.objects.create(
            event="follow_up.due",
            key=str(number),
            person=message.person,
            channel="mail",
            state="failed",
            due_at=clock.now(),
        )
        Job.objects.create(kind="test", requested_by=message.person, state="waiting")
    with django_assert_max_num_queries(10):
        page(browser)
