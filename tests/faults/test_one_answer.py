"""Fifty people press the same link's button at once: one answer is kept."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from surveys.actions.surveys import LinkClosed, answer_survey, send_survey
from surveys.models import SurveyAnswer
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def test_fifty_answers_at_once_are_one():
    lawyer = make_person("lawyer")
    _invitation, token = send_survey(by=lawyer, client=make_client(lawyer))

    def answer(number):
        try:
            answer_survey(token, marks={"office": 1 + number % 5}, nps=None, text="")
        except LinkClosed:
            return "closed"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(10) as people:
        outcomes = list(people.map(answer, range(50)))
    assert sorted(outcomes) == ["closed"] * 49 + ["kept"]
    assert SurveyAnswer.objects.count() == 1
