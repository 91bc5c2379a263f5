"""A survey over the web: sent by a lawyer, answered behind the link, the same answer for every dead link."""

import re

import pytest

from surveys.actions.surveys import revoke_survey, send_survey
from surveys.models import SurveyAnswer, SurveyInvitation
from tests.clients.build import make_client
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer, name="Huaxin Materials")


@pytest.fixture
def signed_in(client, lawyer):
    client.force_login(lawyer)
    return client


@pytest.fixture
def link(lawyer, firm_client):
    return f"/s/{send_survey(by=lawyer, client=firm_client)[1]}/"


def test_a_lawyer_makes_a_link_and_finds_it_again(signed_in, firm_client):
    answer = signed_in.post(
        f"/surveys/send/{firm_client.pk}/", {"occasion": "regular", "language": "zh-hans"}, follow=True
    )
    invitation = SurveyInvitation.objects.get()
    assert invitation.language == "zh-hans"
    assert f"/s/{answer.context['link'].rsplit('/s/')[-1]}" in answer.content.decode()
    signed_in.logout()
    assert signed_in.get(answer.context["link"]).status_code == 200


def test_reading_the_questionnaire_answers_nothing(client, link):
    for _ in range(3):
        shown = client.get(link)
        client.head(link)
    assert shown.status_code == 200
    assert shown.headers["Referrer-Policy"] == "same-origin"
    assert "Huaxin" not in shown.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_an_answer_is_thanked_for_and_closes_the_link(client, link):
    assert (
        client.post(link, {"professional_level": "5", "nps": "9", "text": ""}, follow=True).status_code == 200
    )
    assert SurveyAnswer.objects.get().nps == 9
    assert client.get(link).status_code == 404


def test_an_empty_answer_is_asked_again(client, link):
    assert client.post(link, {"text": " "}).status_code == 200
    assert not SurveyAnswer.objects.exists()


def test_dead_links_all_look_the_same(client, lawyer, firm_client):
    revoked, token = send_survey(by=lawyer, client=firm_client)
    revoke_survey(revoked, by=lawyer)
    pages = [client.get(f"/s/{word}/") for word in (token, "x" * 43, "%20")]
    assert {page.status_code for page in pages} == {404}
    said = {re.sub(rb'value="[^"]*"', b"", page.content) for page in pages}  # the form's token, the way back
    assert len(said) == 1


def test_the_list_asks_as_much_with_many_rows_as_with_few(signed_in, lawyer, firm_client):
    def grow(rows):
        for _ in range(rows):
            send_survey(by=lawyer, client=firm_client)

    assert_flat(signed_in, "/surveys/", grow)
