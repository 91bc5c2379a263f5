"""A lawyer looks at the call card, times the call, loses the tab and nothing else, promises, saves, undoes, saves again."""

import pytest
from playwright.sync_api import expect

from interactions.actions.follow_ups import create_follow_up
from interactions.models import Contact, ContactDraft, FollowUp
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "曾华建材（苏州）有限公司"
WORDS = {
    "en": {
        "tip": "Patience first: let them speak, do not argue.",
        "kept": "Kept as a draft",
        "promise": "What was promised",
        "more": "More: people, matter",
        "logged": f"Logged: Phone, {NAME}.",
        "undo": "Undo",
        "again": "Mend it and log it again",
        "promised": "We promised: Send the draft lease",
        "search": "Search in this timeline",
        "nothing": "Nothing here fits.",
    },
    "zh-hans": {
        "tip": "耐心为先：让对方说，不争辩。",
        "kept": "已存为草稿",
        "promise": "承诺内容",
        "more": "更多：人员、案件",
        "logged": f"已记录：{NAME}，电话。",
        "undo": "撤销",
        "again": "修改后重新记录",
        "promised": "我方承诺：Send the draft lease",
        "search": "在时间线中搜索",
        "nothing": "没有符合的内容。",
    },
}

# A message goes after ten seconds unless the mouse is over it: here the mouse is over each as soon as it comes.
STAY = """new MutationObserver(() => document.querySelectorAll(".toast-line").forEach(
    (line) => line.dispatchEvent(new Event("mouseenter")))).observe(document, { childList: true, subtree: true })"""


def test_from_the_card_to_the_log(language, locale, open_page, sign_in):
    words = WORDS[language]
    lawyer = make_person("lawyer", language=language)
    client = make_client(lawyer, name=NAME, temperament="agitated", phone="13800138000")
    follow_up = create_follow_up(by=lawyer, client=client, title="Ask for the contract", due_at=clock.now())
    page = sign_in(open_page(locale=locale), lawyer)
    page.add_init_script(STAY)

    # The card of a row, by one key.
    page.goto("/follow-ups/")
    page.keyboard.press("j")
    page.keyboard.press("c")
    card = page.locator("#card-dialog .card-page")
    expect(card).to_contain_text(NAME)
    expect(card).to_contain_text("Ask for the contract")
    expect(card).to_contain_text(words["tip"])
    page.keyboard.press("Enter")  # the button that logs has the focus

    # The follow-up of this hour is what one is doing; a call runs; the tab is lost.
    form = page.locator("#log-dialog form")
    expect(form.locator(f'input[name=does][value="{follow_up.pk}"]')).to_be_checked()
    form.locator("[data-call]").click()
    form.locator("textarea").fill("He wants\n\nthe lease by Friday")
    expect(form.get_by_text(words["kept"])).to_be_visible()
    page.goto(f"/clients/{client.pk}/")
    here = page.locator("#log-inline")
    expect(here.locator("textarea")).to_have_value("He wants\n\nthe lease by Friday")

    # Saved, taken back, saved again with what was forgotten.
    here.locator("input[name=purposes][value=needs_review]").check()
    here.locator("textarea").press("Control+Enter")
    expect(page.get_by_text(words["logged"])).to_be_visible()
    follow_up.refresh_from_db()
    assert follow_up.state == "done"
    page.get_by_role("button", name=words["undo"]).click()
    page.get_by_role("link", name=words["again"]).click()
    full = page.locator("form.quicklog-page")
    expect(full.locator("textarea")).to_have_value("He wants\n\nthe lease by Friday")
    full.get_by_placeholder(words["promise"]).fill("Send the draft lease")
    full.locator("textarea").press("Control+Enter")
    story = page.locator("#panel-timeline")
    expect(story.locator(".story-note").first).to_have_text("He wants\n\nthe lease by Friday")
    expect(story).to_contain_text(words["promised"])
    contact = Contact.objects.standing().get()
    assert contact.minutes >= 1
    assert not ContactDraft.objects.exists()
    assert set(FollowUp.objects.filter(title="Send the draft lease").values_list("owner", "state")) == {
        (lawyer.pk, "open")
    }

    # Found again, and not among the surveys.
    story.get_by_placeholder(words["search"]).fill("friday")
    expect(story.locator("mark")).to_have_text(["Friday"])
    story.get_by_placeholder(words["search"]).fill("")
    story.locator("label.chip:has(input[value=survey])").click()
    expect(story.get_by_text(words["nothing"])).to_be_visible()
