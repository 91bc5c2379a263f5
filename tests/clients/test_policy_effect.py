"""How many clients would change type, said before new thresholds are saved."""

from dataclasses import replace

import pytest

from clients import policy_effect
from clients.models import RelationshipAssessment
from clients.policy_effect import effect_of
from clients.rules.relationship_facts import RelationshipPolicy
from interactions.enums import Purpose
from lawcrm.firm.models import Job
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.policy_effects import effects_of, follow_up_on
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
STRICTER = replace(FirmPolicy(), two_way_contacts=9, check_in_days=10, window_days=700)


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def clients(lawyer):
    """One client that two feedback contacts instead of one would make fall, one that stays."""
    clients = [make_client(lawyer) for _ in range(2)]
    for client in clients:
        make_contact(client)
    make_contact(clients[0], purposes=[Purpose.EXPECTATION_CHECK, Purpose.FEEDBACK_SOUGHT])
    return clients


def effect(seconds=60.0):
    return effect_of(RelationshipPolicy(), RelationshipPolicy(feedback_contacts=2), seconds=seconds)


def test_counted_and_nothing_written(clients):
    before = RelationshipAssessment.objects.count()
    found = effect()
    assert (found.total, found.looked_at, found.changed, found.is_exact) == (2, 2, 1, True)
    assert dict(found.moves) == {("responsible", "passive"): 1}
    assert RelationshipAssessment.objects.count() == before


def test_estimated_where_time_runs_out(clients, monkeypatch):
    monkeypatch.setattr(policy_effect, "CHUNK", 1)
    found = effect(seconds=0)
    assert (found.total, found.looked_at, found.is_exact) == (2, 1, False)
    assert found.changed in (0, 2)


def test_in_words(clients, monkeypatch):
    assert effects_of(FirmPolicy(), replace(FirmPolicy(), session_hours=9)) == []
    assert effects_of(FirmPolicy(), STRICTER) == ["No client would change its relationship type."]
    needed = {9: 2, FirmPolicy().two_way_contacts: 1}
    judged = {count: RelationshipPolicy(feedback_contacts=feedback) for count, feedback in needed.items()}
    monkeypatch.setattr(RelationshipPolicy, "of", lambda policy: judged[policy.two_way_contacts])
    assert effects_of(FirmPolicy(), STRICTER) == [
        "1 of 2 clients would change its relationship type.",
        "Mostly: Responsible to Passive 100 %.",
    ]


def test_everybody_is_judged_anew(clients, lawyer):
    follow_up_on(FirmPolicy(), replace(FirmPolicy(), session_hours=9), by=lawyer)
    assert not Job.objects.exists()
    follow_up_on(FirmPolicy(), STRICTER, by=lawyer)
    assert Job.objects.get().kind == "clients.assess_all"
