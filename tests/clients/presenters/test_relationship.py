"""The words of an assessment: every criterion has them, in every case, and they say the figures."""

import pytest
from django.utils import translation
from hypothesis import given

from clients.presenters.relationship import (
    ACTIONS,
    NAMES,
    criterion_words,
    ladder,
    next_step_words,
    type_label,
)
from clients.rules.next_step import suggest
from clients.rules.relationship import CRITERIA, TYPES, assess
from clients.rules.relationship_facts import SurveyFact
from clients.rules.relationship_stored import from_json, to_json
from tests.clients.rules.test_relationship import (
    CLIENT,
    PARTNER,
    POLICY,
    TODAY,
    contact,
    days_ago,
    facts,
    make_id,
    matter,
)
from tests.clients.rules.test_relationship_properties import clients


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def says(code, client):
    return criterion_words(assess(client, POLICY, TODAY).criterion(code)).sentence


@pytest.mark.parametrize(
    ("code", "client", "sentence"),
    [
        ("reachable", facts(), "No contact in the last 365 days."),
        (
            "reachable",
            facts(contact(3, answered=False), contact(4, answered=False)),
            "2 contacts in the last 365 days, all tried by the firm and not answered.",
        ),
        ("reachable", facts(contact(3)), "1 two-way contact in the last 365 days, on 29 May 2026."),
        (
            "early_check_in",
            facts(contact(95, "expectation_check"), matters=(matter(1, 100), matter(2, 60), matter(3, 10))),
            "1 of 2 matters had an expectation check within 30 days of acceptance."
            " What was missed counts until 3 April 2027. 1 new matter: a check is due by 21 June 2026.",
        ),
        ("early_check_in", facts(), "The firm has not asked about expectations in the last 365 days."),
        ("progress_reported", facts(), "No matter is open."),
        (
            "progress_reported",
            facts(matters=(matter(1, 100), matter(2, 10))),
            "1 of 2 open matters have had no report for more than 30 days (the longest: 100).",
        ),
        (
            "regular_contact",
            facts(contact(300, "billing"), contact(10, "billing"), grade="A"),
            "The longest silence of the firm was 290 days, 5 August 2025 to 22 May 2026."
            " Grade A allows 21 days. With regular contact from now on this is met on 1 May 2027.",
        ),
        (
            "two_way",
            facts(*(contact(n) for n in range(6)), contact(9, by=CLIENT)),
            "7 contacts in the last 365 days: 6 begun by the firm, 1 by the client."
            " Each side should begin at least 20 %.",
        ),
        (
            "satisfied",
            facts(surveys=(SurveyFact(make_id(1), days_ago(31), 4.25, 8),), open_complaints=1),
            "Latest survey, 1 May 2026: 4.2 of 5; would recommend us 8 of 10. 1 complaint is open.",
        ),
    ],
)
def test_sentences(code, client, sentence):
    assert says(code, client).replace("\xa0", " ") == sentence


@given(clients)
def test_every_case_has_words(client):
    with translation.override("en"):
        assessment = from_json(to_json(assess(client, POLICY, TODAY)))
        for criterion in assessment.criteria:
            sentence = criterion_words(criterion).sentence
            assert sentence.endswith(".")
            assert "None" not in sentence
            assert "%(" not in sentence
        if step := suggest(assessment, TODAY):
            assert next_step_words(step)


def test_every_criterion_has_a_name_and_an_action():
    assert list(NAMES) == list(CRITERIA)
    assert {code for code, _variant in ACTIONS} == set(CRITERIA)


def test_the_ladder_marks_where_the_client_stands():
    rungs = ladder(assess(facts(contact(3)), POLICY, TODAY))
    assert [rung.code for rung in rungs] == list(TYPES)
    assert [rung.reached for rung in rungs] == [True, True, False, False, False]
    assert [rung.current for rung in rungs] == [False, True, False, False, False]
    assert [rung.next for rung in rungs] == [False, False, True, False, False]
    assert [len(rung.criteria) for rung in rungs] == [0, 1, 3, 3, 4]
    assert all(rung.reached for rung in ladder(assess(PARTNER, POLICY, TODAY)))


def test_not_yet_assessed_is_said_and_marks_no_rung():
    assessment = assess(facts(), POLICY, TODAY)
    assert type_label(assessment.type) == "Not yet assessed"
    assert not any(rung.reached or rung.current or rung.next for rung in ladder(assessment))
    assert type_label("partner") == "Partner"
