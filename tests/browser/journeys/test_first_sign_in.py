"""A new person follows the sign-in link, chooses a password, signs in, and changes the language for good."""

import pytest
from django.urls import reverse

from lawcrm.firm.actions.people import invite
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "title": "Choose your password",
        "fields": ("New password", "New password confirmation"),
        "set": "Set password",
        "ready": "Your password is set. Sign in with it.",
        "sign_in": ("User name", "Password", "Sign in"),
        "clients": "Clients",
        "other": ("中文", "客户", "zh-hans"),
    },
    "zh-hans": {
        "title": "设置密码",
        "fields": ("新密码", "新密码确认"),
        "set": "设置密码",
        "ready": "密码已设置，请用新密码登录。",
        "sign_in": ("用户名", "密码", "登录"),
        "clients": "客户",
        "other": ("English", "Clients", "en"),
    },
}
PASSWORD = "seven quiet herons"


def test_from_the_link_to_the_first_page(language, locale, open_page):
    words = WORDS[language]
    person = make_person("lawyer", language="")
    token = invite(person, by=make_person("admin"))
    page = open_page(locale=locale)

    page.goto(reverse("firm:accept_invitation", args=[token]))
    page.get_by_role("heading", name=words["title"]).wait_for()
    for label in words["fields"]:
        page.get_by_label(label, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words["set"]).click()
    page.get_by_text(words["ready"]).wait_for()

    page.goto("/accounts/login/?next=/clients/")
    user_name, password, sign_in = words["sign_in"]
    page.get_by_label(user_name).fill("lawyer")
    page.get_by_label(password).fill(PASSWORD)
    page.get_by_role("button", name=sign_in).click()
    page.get_by_role("heading", name=words["clients"], exact=True).wait_for()

    switch, clients, code = words["other"]
    page.get_by_role("button", name=switch).first.click()
    page.get_by_role("heading", name=clients, exact=True).wait_for()
    assert page.locator("html").get_attribute("lang") == code
    person.refresh_from_db()
    assert person.language == code
