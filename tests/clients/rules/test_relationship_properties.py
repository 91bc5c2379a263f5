"""The five relationship types as a whole, by Hypothesis: what holds of any client."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from clients.rules import relationship as rel
from clients.rules.relationship import CRITERIA, RANK, TYPES, assess
from clients.rules.relationship_facts import ContactFact, Facts, MatterFact, SurveyFact
from clients.rules.relationship_stored import from_json, to_json
from tests.clients.rules.test_relationship import POLICY, TODAY, days_ago, make_id

PURPOSES = [
    "first_consultation", "progress_report", "expectation_check", "feedback_sought", "legal_update", "needs_review",
    "risk_prevention", "cost_planning", "billing", "complaint", "greeting", "event", "other",
]  # fmt: skip
matter_ids = st.integers(0, 4).map(make_id)
dates = st.integers(-20, 500).map(days_ago)
contacts = st.builds(
    ContactFact,
    id=st.uuids(),
    on=dates,
    firm_initiated=st.booleans(),
    answered=st.booleans(),
    purposes=st.lists(st.sampled_from(PURPOSES), max_size=3).map(tuple),
    matter_id=st.none() | matter_ids,
)
matters = st.builds(MatterFact, id=matter_ids, accepted_on=dates, closed_on=st.none() | dates)
surveys = st.builds(
    SurveyFact,
    id=st.uuids(),
    answered_on=dates,
    score=st.none() | st.floats(1, 5) | st.decimals(1, 5, places=2),
    nps=st.none() | st.integers(0, 10),
)
clients = st.builds(
    Facts,
    client_since=st.none() | dates,
    known_since=dates,
    grade=st.sampled_from([None, "A", "B", "C", "D"]),
    contacts=st.lists(contacts, max_size=12).map(tuple),
    ever_contacted=st.booleans(),
    contact_count=st.integers(0, 12),
    matters=st.lists(matters, max_size=4, unique_by=lambda m: m.id).map(tuple),
    surveys=st.lists(surveys, max_size=3, unique_by=lambda s: s.id).map(tuple),
    open_complaints=st.integers(0, 2),
)


@given(clients)
def test_the_type_is_the_highest_whose_criteria_and_those_below_all_hold(client):
    assessment = assess(client, POLICY, TODAY)
    held = "basic"
    for kind in TYPES[1:]:
        if not all(criterion.met for criterion in assessment.of_type(kind)):
            break
        held = kind
    assert assessment.type == (None if assessment.insufficient else held)
    if assessment.next_step:
        assert RANK[CRITERIA[assessment.next_step]] == RANK[held] + 1
        assert not assessment.criterion(assessment.next_step).met
    else:
        assert held == "partner"


@given(clients, st.randoms())
def test_the_order_of_the_evidence_does_not_matter(client, random):
    shuffled = list(client.contacts)
    random.shuffle(shuffled)
    again = replace(client, contacts=tuple(shuffled), surveys=client.surveys[::-1])
    assert assess(again, POLICY, TODAY) == assess(client, POLICY, TODAY)


@given(clients)
def test_what_lies_outside_the_window_never_counts(client):
    start = POLICY.window_start(TODAY)
    inside = tuple(c for c in client.contacts if start <= c.on <= TODAY)
    assert assess(replace(client, contacts=inside), POLICY, TODAY) == assess(client, POLICY, TODAY)


@given(clients)
def test_evidence_is_the_clients_own_and_the_stored_form_loses_nothing(client):
    assessment = assess(client, POLICY, TODAY)
    own = {c.id for c in client.contacts}
    for criterion in assessment.criteria:
        assert own.issuperset(criterion.evidence)
        assert len(set(criterion.evidence)) == len(criterion.evidence) <= rel.SHOWN
    assert from_json(json.loads(json.dumps(to_json(assessment)))) == assessment


@given(clients, contacts)
def test_a_greeting_never_changes_anything_but_reach_and_balance(client, one):
    greeting = replace(one, purposes=("greeting",))
    before = assess(client, POLICY, TODAY)
    after = assess(replace(client, contacts=(*client.contacts, greeting)), POLICY, TODAY)
    for old, new in zip(before.criteria, after.criteria, strict=True):
        if old.code not in ("reachable", "two_way"):
            assert old == new


@settings(max_examples=200)
@given(clients, contacts)
def test_one_more_contact_of_the_firm_never_lowers_the_type_except_by_imbalance(client, one):
    more = replace(one, firm_initiated=True, answered=True)
    before = assess(client, POLICY, TODAY)
    after = assess(replace(client, contacts=(*client.contacts, more)), POLICY, TODAY)
    for old, new in zip(before.criteria, after.criteria, strict=True):
        if old.met and old.code != "two_way":
            assert new.met
