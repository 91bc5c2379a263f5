"""The next step: for every unmet criterion something to do, with a purpose, a channel and a day."""

from datetime import timedelta

import pytest
from hypothesis import given

from clients.rules.next_step import suggest
from clients.rules.relationship import CRITERIA, assess
from clients.rules.relationship_facts import SurveyFact
from tests.clients.rules.test_relationship import (
    CLIENT,
    PARTNER,
    PARTNER_CONTACTS,
    POLICY,
    TODAY,
    contact,
    days_ago,
    facts,
    make_id,
    matter,
)
from tests.clients.rules.test_relationship_properties import clients


def step_for(client):
    return suggest(assess(client, POLICY, TODAY), TODAY)


def in_days(days):
    return TODAY + timedelta(days=days)


def test_a_partner_has_reached_the_top():
    assert step_for(PARTNER) is None


@pytest.mark.parametrize(
    ("client", "code", "variant", "means", "purpose", "due"),
    [
        (facts(), "reachable", "", "contact", "expectation_check", 3),
        (facts(contact(5, "billing")), "early_check_in", "", "contact", "expectation_check", 3),
        (
            facts(contact(5, "billing"), matters=(matter(7, 29),)),
            "early_check_in", "", "contact", "expectation_check", 1,
        ),
        (
            facts(contact(5, "billing"), matters=(matter(7, 90),)),
            "early_check_in", "late", "contact", "expectation_check", 3,
        ),
        (
            facts(contact(5, "expectation_check"), matters=(matter(7, 400),)),
            "progress_reported", "", "contact", "progress_report", 1,
        ),
        (facts(contact(5, "expectation_check")), "feedback_sought", "", "contact", "feedback_sought", 7),
        (
            facts(contact(5, "expectation_check", "feedback_sought")),
            "regular_contact", "", "contact", "legal_update", 7,
        ),
        (
            facts(contact(88, "expectation_check", "feedback_sought"), contact(89, "legal_update"),
                  contact(90, "legal_update")),
            "regular_contact", "", "contact", "needs_review", 2,
        ),
        (
            facts(contact(5, "expectation_check", "feedback_sought"), client_since=days_ago(100)),
            "informed", "", "contact", "legal_update", 14,
        ),
    ],
)  # fmt: skip
def test_below_partner(client, code, variant, means, purpose, due):
    step = step_for(client)
    assert (step.code, step.variant, step.means, step.purpose) == (code, variant, means, purpose)
    assert step.due_on == in_days(due)


PROACTIVE = facts(
    *(c for c in PARTNER_CONTACTS if c.firm_initiated), client_since=days_ago(1000)
)  # all but what makes a partner


@pytest.mark.parametrize(
    ("values", "more", "code", "variant", "due"),
    [
        ({"client_since": days_ago(700)}, (), "long_term", "", 30),
        ({"client_since": days_ago(720)}, (), "long_term", "", 10),
        ({}, (), "two_way", "client_silent", 14),
        ({}, [contact(n, "other", by=CLIENT) for n in range(30)], "two_way", "firm_silent", 14),
        ({}, [contact(n, "other", by=CLIENT) for n in range(3)], "risk_and_cost_work", "cost", 14),
        (
            {},
            [contact(1, "other", by=CLIENT), contact(2, "cost_planning", by=CLIENT)],
            "satisfied",
            "survey",
            7,
        ),
    ],
)
def test_towards_partner(values, more, code, variant, due):
    contacts = (*PROACTIVE.contacts, *more)
    step = step_for(facts(*contacts, **({"client_since": days_ago(1000)} | values)))
    assert (step.code, step.variant) == (code, variant)
    assert step.due_on == in_days(due)


def test_satisfaction_asks_first_about_the_complaint_then_about_the_score():
    low = (SurveyFact(make_id(1), days_ago(4), 3.0, 6),)
    contacts = PARTNER.contacts
    complaining = facts(*contacts, client_since=days_ago(1000), surveys=low, open_complaints=1)
    assert (step_for(complaining).variant, step_for(complaining).purpose) == ("complaint", "complaint")
    unhappy = facts(*contacts, client_since=days_ago(1000), surveys=low)
    assert (step_for(unhappy).variant, step_for(unhappy).means) == ("low_score", "contact")
    unasked = facts(*contacts, contact(3, "feedback_sought"), client_since=days_ago(1000))
    assert (step_for(unasked).variant, step_for(unasked).means) == ("survey", "survey")


def test_names_the_matters_most_pressing_first():
    client = facts(contact(5, "billing"), matters=(matter(7, 10), matter(8, 90)))
    assert step_for(client).matters == (make_id(8), make_id(7))


@given(clients)
def test_every_unmet_criterion_can_be_scheduled_within_the_month(client):
    assessment = assess(client, POLICY, TODAY)
    step = suggest(assessment, TODAY)
    assert (step is None) == (assessment.next_step is None)
    if step:
        assert step.code in CRITERIA
        assert TODAY <= step.due_on <= in_days(31)
