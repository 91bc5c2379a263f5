"""A lawyer fills in a profile, sees who is around the client, notes that somebody moved, and verifies it all."""

import pytest
from playwright.sync_api import expect

from clients.models import Client, ClientPerson, Link
from lawcrm.firm import clock
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "profile": "Profile", "network": "Network", "birth": "Birth date", "employer": "Employer", "save": "Save",
        "read": "lunar calendar: 8th month, day 15", "next": "Next birthdays", "verify": "All of this is true today",
        "undo": "Undo", "add_link": "Add a link", "with": "With whom", "shareholder": "Shareholder",
        "hangs": "On our side this key client hangs on", "moved": "Left, or moved", "to": "To which client",
        "sentence": "远东资本 is a shareholder of 海港食品有限公司", "earlier": "until",
    },
    "zh-hans": {
        "profile": "客户档案", "network": "关系网络", "birth": "出生日期", "employer": "工作单位", "save": "保存",
        "read": "农历八月十五", "next": "即将到来的生日", "verify": "今日核实无误",
        "undo": "撤销", "add_link": "新增联系", "with": "对方", "shareholder": "股东",
        "hangs": "本所与该重点客户的联系集中于", "moved": "离开或调动", "to": "到哪个客户",
        "sentence": "远东资本是海港食品有限公司的股东", "earlier": "至",
    },
}  # fmt: skip


@pytest.fixture
def lawyer(language):
    return make_person("lawyer", language=language)


def test_the_whole_profile_of_a_person(language, locale, lawyer, open_page, sign_in):
    words = WORDS[language]
    wang = make_client(lawyer, name="王芳", kind="person")
    page = sign_in(open_page(locale=locale), lawyer)
    page.goto(f"/clients/{wang.pk}/")
    page.get_by_role("link", name=words["profile"], exact=True).click()
    page.locator("#background").get_by_role("link").first.click()
    page.get_by_label(words["birth"]).press_sequentially("农历八月十五")
    page.get_by_text(words["read"]).first.wait_for()  # said back while one types
    page.get_by_label(words["employer"]).fill("海港食品有限公司")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.goto(f"/clients/{wang.pk}/profile/")
    page.get_by_role("heading", name=words["next"]).wait_for()
    expect(page.locator(".days li")).to_have_count(5)
    page.get_by_role("button", name=words["verify"]).press("Enter")
    page.get_by_role("button", name=words["undo"]).wait_for()
    wang.refresh_from_db()
    assert wang.verified_on == clock.today(lawyer)
    page.get_by_role("button", name=words["undo"]).press("Enter")
    page.get_by_role("button", name=words["verify"]).wait_for()
    wang.refresh_from_db()
    assert wang.verified_on is None


def test_who_is_around_a_key_client(language, locale, lawyer, open_page, sign_in):
    words = WORDS[language]
    harbour = make_client(lawyer, name="海港食品有限公司", grade="A")
    quay = make_client(lawyer, name="码头物流有限公司")
    anna = make_client_person(harbour, "周海月")
    for _time in range(6):
        make_contact(harbour, people=[anna])
    page = sign_in(open_page(locale=locale), lawyer)
    page.goto(f"/clients/{harbour.pk}/network/")
    page.get_by_text(words["hangs"]).wait_for()

    page.get_by_role("link", name=words["add_link"]).first.click()
    page.locator("#id_other").press_sequentially("远东资本")
    page.locator(".pick-found input").first.wait_for(state="attached")
    page.get_by_text(words["shareholder"], exact=True).click()
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.locator("svg.network title", has_text=words["sentence"]).first.wait_for(state="attached")
    assert Link.objects.get().to_client == harbour

    page.locator("svg.network a").first.focus()  # a name in the picture, by keyboard
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/clients/people/{anna.pk}/")
    page.get_by_role("link", name=words["moved"]).click()
    page.locator("#id_to").press_sequentially("码头")
    page.locator(".pick-found label").first.click()
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.wait_for_url(f"**/clients/people/{anna.pk}/")
    places = ClientPerson.objects.filter(person=anna).order_by("created_at")
    assert [(place.client, place.ended_on is None) for place in places] == [(harbour, False), (quay, True)]
    page.get_by_text(words["earlier"]).first.wait_for()
    assert Client.objects.get(pk=harbour.pk).version == 1  # its people are not its own values
