"""A partner ticks clients on two pages of a list, hands them on together, and finds nothing ticked behind it."""

import pytest
from playwright.sync_api import expect

from clients.models import Client
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "next": "Next",
        "previous": "Previous",
        "two": "2 chosen",
        "elsewhere": "2 chosen, 2 of them on other pages",
        "three": "3 chosen, 2 of them on other pages",
        "all": "All 52 clients of this list",
        "but": "all but 1",
        "none": "Choose none",
        "assign": "Assign",
        "lawyer": "New responsible lawyer",
        "heir": "Na Li",
        "preview": "This changes 3 clients.",
        "done": "3 clients now belong to Na Li.",
        "but_preview": "This changes 51 clients.",
    },
    "zh-hans": {
        "next": "下一页",
        "previous": "上一页",
        "two": "已选2个",
        "elsewhere": "已选2个，其中2个在其他页",
        "three": "已选3个，其中2个在其他页",
        "all": "本列表全部共 52 个客户",
        "but": "除1个以外",
        "none": "取消选择",
        "assign": "分派负责律师",
        "lawyer": "新的负责律师",
        "heir": "李娜",
        "preview": "将修改3个客户。",
        "done": "3个客户现由李娜负责。",
        "but_preview": "将修改51个客户。",
    },
}


@pytest.fixture
def partner(db):
    lawyer = make_person("lawyer")
    make_person("lawyer2")
    for number in range(52):
        make_client(lawyer, name=f"Aldgate {number:02}")
    return make_person("partner", language="")


def test_ticks_outlive_their_page(language, locale, partner, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), partner)
    page.goto("/clients/")
    bar, said = page.locator("[data-bulk]"), page.locator("[data-bulk-said]")
    for name in ("Aldgate 03", "Aldgate 07"):
        page.get_by_label(name, exact=True).check()
    expect(said).to_have_text(words["two"])

    page.get_by_role("link", name=words["next"], exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(said).to_have_text(words["elsewhere"])
    expect(bar).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(said).to_have_text(words["three"])

    page.get_by_role("link", name=words["previous"], exact=True).click()
    expect(page.locator("tbody input:checked")).to_have_count(2)
    page.get_by_role("link", name=words["next"], exact=True).click()
    expect(page.locator("tbody input:checked")).to_have_count(1)
    bar.get_by_role("button", name=words["assign"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(words["preview"]).wait_for()
    dialog.get_by_label(words["lawyer"]).select_option(label=words["heir"])
    dialog.get_by_role("button", name=words["assign"]).click()
    page.get_by_text(words["done"]).wait_for()
    moved = Client.objects.filter(responsible__username="lawyer2")
    assert set(moved.values_list("name", flat=True)) == {"Aldgate 03", "Aldgate 07", "Aldgate 50"}

    expect(bar).to_be_hidden()
    page.goto("/clients/")
    expect(page.locator("tbody tr")).to_have_count(50)
    expect(page.locator("tbody input:checked")).to_have_count(0)


def test_exceptions_outlive_their_page(language, locale, partner, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), partner)
    page.goto("/clients/?kind=private&sort=name")
    bar, said = page.locator("[data-bulk]"), page.locator("[data-bulk-said]")
    page.get_by_label("Aldgate 03", exact=True).check()
    page.get_by_label(words["all"]).check()
    page.get_by_label("Aldgate 07", exact=True).uncheck()
    expect(said).to_have_text(f"{words['all']} {words['but']}")
    page.get_by_role("link", name=words["next"], exact=True).click()
    expect(page.locator("tbody input:checked")).to_have_count(2)
    expect(said).to_have_text(f"{words['all']} {words['but']}")
    bar.get_by_role("button", name=words["assign"]).click()
    page.get_by_role("dialog").get_by_text(words["but_preview"]).wait_for()
    page.keyboard.press("Escape")

    page.goto("/clients/")  # another list, with ticks of its own
    expect(page.locator("tbody input:checked")).to_have_count(0)
    page.goto("/clients/?kind=private&sort=-name")  # the same clients in another order
    expect(page.locator("tbody input:checked")).to_have_count(49)
    bar.get_by_role("button", name=words["none"]).click()
    expect(page.locator("tbody input:checked")).to_have_count(0)
    expect(bar).to_be_hidden()
