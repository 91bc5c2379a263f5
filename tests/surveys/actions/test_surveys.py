"""A link is unguessable, answers once, closes when its time is over, and what is said reaches the lawyer."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest

from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry, Outbox
from surveys.actions.surveys import (
    AnswerRefused,
    LinkClosed,
    answer_survey,
    link_token,
    revoke_survey,
    send_survey,
)
from surveys.models import SurveyAnswer, SurveyInvitation
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
HAPPY = {"marks": {"professional_level": 5, "office": 4}, "nps": 10, "text": ""}


@pytest.fixture
def lawyer():
    partner = make_person("partner")
    return make_person("lawyer", supervisor=partner)


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer)


def test_the_link_is_256_bits_and_the_database_holds_its_hash_only(lawyer, firm_client):
    invitation, token = send_survey(by=lawyer, client=firm_client)
    assert len(token) == 43
    assert bytes(invitation.token_hash) == hashlib.sha256(token.encode()).digest()
    assert link_token(invitation) == token
    assert token not in str(SurveyInvitation.objects.values().get())


def test_an_answer_is_kept_scored_and_told(lawyer, firm_client):
    _invitation, token = send_survey(by=lawyer, client=firm_client)
    answer = answer_survey(token, marks={"professional_level": 5, "office": 4}, nps=10, text=" 很好 ")
    assert (answer.score, answer.nps, answer.text) == (Decimal("4.50"), 10, "很好")
    assert set(Outbox.objects.values_list("person__username", "event")) == {("lawyer", "survey.answered")}
    assert AuditEntry.objects.get(verb="survey.answered").actor_id is None


def test_a_detractor_reaches_the_supervising_partner_too(lawyer, firm_client):
    _invitation, token = send_survey(by=lawyer, client=firm_client)
    answer_survey(token, marks={}, nps=3, text="")
    people = set(Outbox.objects.filter(event="survey.detractor").values_list("person__username", flat=True))
    assert people == {"lawyer", "partner"}


def test_a_link_answers_once(lawyer, firm_client):
    _invitation, token = send_survey(by=lawyer, client=firm_client)
    answer_survey(token, **HAPPY)
    with pytest.raises(LinkClosed):
        answer_survey(token, **HAPPY)
    assert SurveyAnswer.objects.count() == 1


def test_unknown_revoked_and_expired_links_answer_nothing(lawyer, firm_client):
    revoked, revoked_token = send_survey(by=lawyer, client=firm_client)
    revoke_survey(revoked, by=lawyer)
    expired, expired_token = send_survey(by=lawyer, client=firm_client)
    expired.expires_at = clock.now() - timedelta(seconds=1)
    expired.save()
    for token in (revoked_token, expired_token, "x" * 43, ""):
        with pytest.raises(LinkClosed):
            answer_survey(token, **HAPPY)


def test_an_empty_answer_is_refused_and_the_link_stays_open(lawyer, firm_client):
    _invitation, token = send_survey(by=lawyer, client=firm_client)
    with pytest.raises(AnswerRefused) as refused:
        answer_survey(token, marks={}, nps=None, text=" ")
    assert refused.value.problems == ("empty_answer",)
    assert answer_survey(token, **HAPPY).nps == 10


def test_an_answer_counts_in_the_assessment(lawyer, firm_client):
    make_contact(firm_client)
    _invitation, token = send_survey(by=lawyer, client=firm_client)
    answer_survey(token, **HAPPY)
    criteria = {c["code"]: c["met"] for c in firm_client.assessments.get(current=True).criteria["criteria"]}
    assert criteria["feedback_sought"]
    assert criteria["satisfied"]


def test_figures_add_up(lawyer, firm_client):
    for nps, mark in [(10, 5), (9, 5), (3, 2)]:
        _invitation, token = send_survey(by=lawyer, client=firm_client)
        answer_survey(token, marks={"office": mark}, nps=nps, text="")
    figures = SurveyAnswer.objects.visible_to(lawyer).figures()
    assert (figures["answers"], float(figures["score"]), figures["nps"]) == (3, 4.0, 33)
    assert figures["dimensions"]["environment"] == 4.0
    assert figures["dimensions"]["quality"] is None
