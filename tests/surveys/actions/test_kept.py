"""Whom surveys went to is forgotten when its days are over; answers stay as long as the firm says."""

from datetime import timedelta

import pytest

from lawcrm.firm import clock, retention
from lawcrm.firm.actions.retention import forget_part
from surveys.actions.surveys import answer_survey, send_survey
from surveys.models import SurveyAnswer, SurveyInvitation
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


def kept(code: str):
    return next(one for one in retention.classes() if one.code == code)


@pytest.fixture
def invitations():
    """An unanswered one, an answered one, both closed a hundred days ago; and one that is open."""
    lawyer = make_person("lawyer")
    client = make_client(lawyer)
    made = [send_survey(by=lawyer, client=client, email="m@zephyr.example") for _ in range(3)]
    answer_survey(made[1][1], marks={}, nps=9, text="fine")
    old = clock.now() - timedelta(days=100)
    past = SurveyInvitation.objects.filter(pk__in=[made[0][0].pk, made[1][0].pk])
    past.update(expires_at=old)
    SurveyAnswer.objects.update(answered_at=old)
    return [invitation for invitation, _token in made]


@pytest.mark.parametrize(("days", "due"), [(99, 2), (101, 0)])
def test_no_earlier_and_no_later(invitations, days, due):
    assert retention.due(kept("invitations"), days) == due


def test_unanswered_ones_go_and_answers_stay(invitations):
    unanswered, answered, open_one = invitations
    assert forget_part(kept("invitations"), 90) == 2
    assert not SurveyInvitation.objects.filter(pk=unanswered.pk).exists()
    answered.refresh_from_db(), open_one.refresh_from_db()
    assert (answered.sent_to, answered.answer.text, open_one.sent_to) == ("", "fine", "m@zephyr.example")
    assert forget_part(kept("invitations"), 90) == 0


def test_answers_go_with_their_invitation(invitations):
    assert kept("survey_answers").lowest == 730  # relationships are judged by them
    assert forget_part(kept("survey_answers"), 99) == 1
    assert not SurveyAnswer.objects.exists()
    assert not SurveyInvitation.objects.filter(pk=invitations[1].pk).exists()
