"""A client opens the link on a phone, answers, and finds it closed the second time."""

from decimal import Decimal

import pytest

from surveys.actions.surveys import send_survey
from surveys.models import SurveyAnswer
from tests.browser.conftest import PHONE
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "title": "How did we do?",
        "level": "Professional level",
        "speed": "Speed of response",
        "question": "How likely are you to recommend us to others?",
        "text": "What should we do better?",
        "nothing": "Please answer at least one question.",
        "send": "Send my answer",
        "thanks": "Thank you",
        "closed": "This link is closed",
    },
    "zh-hans": {
        "title": "请评价我们的服务",
        "level": "专业水平",
        "speed": "响应速度",
        "question": "您有多大可能向他人推荐我们？",
        "text": "您希望我们在哪些方面改进？",
        "nothing": "请至少回答一个问题。",
        "send": "提交",
        "thanks": "感谢您的答复",
        "closed": "链接已关闭",
    },
}


def test_a_client_answers_once(language, locale, open_page):
    words = WORDS[language]
    lawyer = make_person("lawyer")
    client = make_client(lawyer, name="上海恒信科技有限公司")
    _invitation, token = send_survey(by=lawyer, client=client, language=language)
    page = open_page(viewport=PHONE, locale=locale, has_touch=True, is_mobile=True)

    page.goto(f"/s/{token}/")
    page.get_by_role("heading", name=words["title"]).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    page.get_by_role("button", name=words["send"]).tap()
    page.get_by_text(words["nothing"]).wait_for()

    page.get_by_role("group", name=words["level"]).locator("label").nth(4).tap()
    page.get_by_role("group", name=words["speed"]).locator("label").nth(3).tap()
    page.get_by_role("group", name=words["question"]).locator("label", has_text="10").tap()
    page.get_by_label(words["text"]).fill("More news, please.")
    page.get_by_role("button", name=words["send"]).tap()
    page.get_by_role("heading", name=words["thanks"]).wait_for()

    answer = SurveyAnswer.objects.get(client=client)
    assert (answer.score, answer.nps, answer.text) == (Decimal("4.50"), 10, "More news, please.")

    page.goto(f"/s/{token}/")
    page.get_by_role("heading", name=words["closed"]).wait_for()
    page.console_errors.clear()  # 404 by intention: a closed link is no address any more
    assert SurveyAnswer.objects.count() == 1


def test_the_questionnaire_speaks_its_own_language_to_the_end(open_page):
    """The firm chose Chinese for this client; the browser speaks English."""
    lawyer = make_person("lawyer")
    _invitation, token = send_survey(by=lawyer, client=make_client(lawyer), language="zh-hans")
    page = open_page(viewport=PHONE, locale="en-GB")
    page.goto(f"/s/{token}/")
    page.get_by_role("group", name="专业水平").wait_for()
    page.get_by_role("button", name="English").click()  # the client would rather
    page.get_by_role("group", name="Professional level").wait_for()
    page.get_by_role("button", name="中文").click()
    page.get_by_role("group", name="专业水平").locator("label").nth(2).click()
    page.get_by_role("button", name="提交").click()
    page.get_by_role("heading", name="感谢您的答复").wait_for()
