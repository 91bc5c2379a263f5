"""A lawyer finds a client by pinyin, logs a call and the next follow-up, all by keyboard, and is reminded of it."""

from datetime import timedelta

import pytest
from django.core import mail
from playwright.sync_api import expect

from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.outbox import send_due
from lawcrm.firm.actions.schedule import tick
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "曾华建材（苏州）有限公司"
WORDS = {
    "en": {
        "logged": f"Logged: Phone, {NAME}.",
        "purpose": "Progress report",
        "bell": "Notices, 1 unread",
        "notice": f"{NAME}: Get in touch again",
        "today": "Get in touch again",
        "section": "Due and late",
        "subject": "A follow-up is due",
    },
    "zh-hans": {
        "logged": f"已记录：{NAME}，电话。",
        "purpose": "进展汇报",
        "bell": "通知，1 条未读",
        "notice": f"{NAME}：再次联系",
        "today": "再次联系",
        "section": "到期与逾期",
        "subject": "有跟进到期",
    },
}


def test_from_pinyin_to_the_reminder(language, locale, open_page, sign_in):
    words = WORDS[language]
    lawyer = make_person("lawyer", language=language)
    make_client(lawyer, name=NAME)
    for name in ("华光电子（苏州）有限公司", "增城建材有限公司", "Zenith Materials Ltd"):
        make_client(lawyer, name=name)
    page = sign_in(open_page(locale=locale), lawyer)

    page.goto("/clients/")
    tab_to(page, ".list-search input[type=search]")
    page.keyboard.type("zenghua")
    expect(page.locator("tbody a.row-name")).to_have_text([NAME])
    tab_to(page, "tbody a.row-name")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=NAME).wait_for()

    log_a_call(page)
    page.get_by_text(words["logged"]).wait_for()
    page.locator("#panel-timeline").get_by_text("Told them the hearing is on Friday.").wait_for()
    page.locator("#panel-timeline").get_by_text(words["purpose"]).wait_for()
    assert Contact.objects.count() == 1

    a_minute_ago = clock.now() - timedelta(minutes=1)
    assert FollowUp.objects.update(due_at=a_minute_ago, remind_at=a_minute_ago) == 1  # a week has passed
    for _twice in range(2):  # a second tick reminds of nothing again
        tick()
        send_due()
    assert [message.subject for message in mail.outbox] == [words["subject"]]

    page.goto("/")
    due = page.get_by_role("region", name=words["section"])
    due.get_by_role("link", name=words["today"], exact=True).wait_for()
    page.get_by_role("link", name=words["bell"]).click()
    page.get_by_role("button", name=words["notice"]).click()
    page.get_by_role("heading", name=words["today"]).wait_for()


def tab_to(page, selector: str, most: int = 60) -> None:
    """Presses Tab until the first element of `selector` has the focus."""
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement === document.querySelector(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the Tab key")


def log_a_call(page) -> None:
    page.keyboard.press("l")
    page.keyboard.type("Told them the hearing is on Friday.")
    page.keyboard.press("Tab")
    page.keyboard.press("2")  # by phone
    page.keyboard.press("Tab")
    page.keyboard.press("1")  # a progress report
    tab_to(page, "#log-inline input[name=next]:checked")
    page.keyboard.press("1")  # again in a week
    page.keyboard.press("Control+Enter")
