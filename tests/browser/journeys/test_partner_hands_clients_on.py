"""A partner narrows the list, keeps it by name, hands its clients on to another lawyer, and takes that back."""

import pytest
from playwright.sync_api import expect

from clients.models import Client, SavedView
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "grade": "Grade",
        "key": "A · Key client",
        "show": "Show",
        "chip": "Grade: A",
        "save_list": "Save list",
        "name": "Name",
        "save": "Save",
        "view": "Key clients to hand on",
        "all": "Choose all on this page",
        "assign": "Assign",
        "lawyer": "New responsible lawyer",
        "heir": "Na Li",
        "preview": "This changes 3 clients.",
        "done": "3 clients now belong to Na Li.",
        "undo": "Undo",
        "undone": "3 were taken back.",
        "saved": "Grade saved.",
    },
    "zh-hans": {
        "grade": "客户分级",
        "key": "A · 重点客户",
        "show": "筛选",
        "chip": "客户分级：A",
        "save_list": "保存列表",
        "name": "名称",
        "save": "保存",
        "view": "待移交的重点客户",
        "all": "选择本页全部",
        "assign": "分派负责律师",
        "lawyer": "新的负责律师",
        "heir": "李娜",
        "preview": "将修改3个客户。",
        "done": "3个客户现由李娜负责。",
        "undo": "撤销",
        "undone": "3个已恢复。",
        "saved": "客户分级已保存。",
    },
}


@pytest.fixture
def partner(db):
    lawyer = make_person("lawyer")
    make_person("lawyer2")
    for name, grade in (("安泰贸易有限公司", "A"), ("Brandt GmbH", "A"), ("陈晓明", "A"), ("Delta Ltd", "B")):
        make_client(lawyer, name=name, grade=grade)
    return make_person("partner", language="")


def keep_key_clients(page, words) -> None:
    page.goto("/clients/")
    page.locator("summary").filter(has_text=words["grade"]).click()
    page.get_by_label(words["key"]).check()
    page.get_by_role("button", name=words["show"], exact=True).click()
    page.get_by_text(words["chip"], exact=True).wait_for()
    expect(page.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name=words["save_list"]).click()
    page.get_by_role("dialog").get_by_label(words["name"]).fill(words["view"])
    page.get_by_role("dialog").get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name=words["view"]).wait_for()


def test_a_saved_list_is_handed_on_and_taken_back(language, locale, partner, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), partner)
    keep_key_clients(page, words)
    assert SavedView.objects.get().name == words["view"]

    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name=words["view"]).click()
    expect(page.locator("h1")).to_have_text(words["view"])
    page.get_by_label(words["all"]).check()
    page.get_by_role("button", name=words["assign"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(words["preview"]).wait_for()
    dialog.get_by_label(words["lawyer"]).select_option(label=words["heir"])
    dialog.get_by_role("button", name=words["assign"]).click()
    page.get_by_text(words["done"]).wait_for()
    assert Client.objects.filter(responsible__username="lawyer2").count() == 3

    page.get_by_role("status").get_by_role("button", name=words["undo"]).click()
    page.get_by_text(words["undone"]).wait_for()
    assert not Client.objects.filter(responsible__username="lawyer2").exists()


def test_by_keyboard_through_the_list_and_into_a_cell(language, locale, partner, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), partner)
    page.goto("/clients/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator("[data-cell-form] select").wait_for()
    page.locator("[data-cell-form] select").select_option("C")
    expect(page.locator("[data-cell-form] [name=reason]")).to_be_focused()
    page.keyboard.type("Fewer matters.")
    page.keyboard.press("Enter")
    page.get_by_text(words["saved"]).wait_for()
    first = Client.objects.order_by("sort_key").first()
    assert first.grade == "C"
    page.locator(".toast-undo").click()
    expect(page.locator("tbody tr").first.locator(".grade")).to_have_text("A")

    page.locator("tbody a.row-name").first.click()
    page.locator("[data-through]:not([hidden])").wait_for()
    names = list(Client.objects.order_by("sort_key").values_list("name", flat=True))
    page.keyboard.press("j")
    expect(page.locator("h1")).to_contain_text(names[1])
    page.keyboard.press("k")
    expect(page.locator("h1")).to_contain_text(names[0])
