"""A partner promises something for a colleague; it becomes hers, she keeps it, and the client's story says both."""

import pytest
from playwright.sync_api import expect

from interactions.models import FollowUp, Promise
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "曾华建材（苏州）有限公司"
PROMISED = "Send the draft lease"
WORDS = {
    "en": {
        "what": "What was promised", "who": "Who promised", "when": "By when", "theirs": "Rui Li promised",
        "section": "Promises due", "why": "Promised to the client", "done": "Done", "outcome": "What came of it?",
        "finished": f"Follow-up done: {PROMISED}",
    },
    "zh-hans": {
        "what": "承诺内容", "who": "承诺方", "when": "完成期限", "theirs": "李睿承诺",
        "section": "到期的承诺", "why": "已向客户承诺", "done": "完成", "outcome": "结果如何？",
        "finished": f"完成跟进：{PROMISED}",
    },
}  # fmt: skip


def test_the_promise_of_a_colleague(language, locale, open_page, sign_in):
    words = WORDS[language]
    partner = make_person("partner", language=language)
    lawyer = make_person("rui", language=language, given_name="Rui", family_name="Li", name_zh="李睿")
    client = make_client(lawyer, name=NAME, team=[partner])

    # Logged with what the colleague is to send, today.
    page = sign_in(open_page(locale=locale), partner)
    page.goto(f"/interactions/log/?client={client.pk}")
    form = page.locator("form.quicklog-page")
    form.locator("textarea").fill("They want the lease before the board meets.")
    form.locator("input[name=purposes][value=needs_review]").check()
    form.get_by_label(words["what"]).first.fill(PROMISED)
    form.get_by_label(words["who"]).first.select_option(label=words["theirs"])
    form.get_by_label(words["when"]).first.fill(clock.today(partner).isoformat())
    form.locator("textarea").press("Control+Enter")
    expect(page.locator("#panel-timeline")).to_contain_text(PROMISED)
    follow_up = FollowUp.objects.get(origin="promise")
    assert (follow_up.owner, follow_up.title, Promise.objects.get().owner) == (lawyer, PROMISED, lawyer)

    # It stands in her day, not in the partner's.
    page.goto("/")
    expect(page.locator("main")).not_to_contain_text(PROMISED)
    hers = sign_in(open_page(locale=locale), lawyer)
    hers.goto("/")
    due = hers.get_by_role("region", name=words["section"])
    expect(due).to_contain_text(words["why"])

    # Kept without a call: she says what came of it.
    due.get_by_role("link", name=PROMISED, exact=True).click()
    hers.get_by_label(words["outcome"]).fill("Sent by courier")
    hers.locator("form", has=hers.get_by_label(words["outcome"])).get_by_role(
        "button", name=words["done"]
    ).click()
    expect(hers.locator("dl.facts")).to_contain_text("Sent by courier")
    hers.goto("/")
    expect(hers.locator("main")).not_to_contain_text(PROMISED)

    # The client's story tells the promise, and that it was kept.
    hers.goto(f"/clients/{client.pk}/")
    story = hers.locator("#panel-timeline")
    expect(story).to_contain_text(words["finished"])
    expect(story).to_contain_text("They want the lease before the board meets.")
