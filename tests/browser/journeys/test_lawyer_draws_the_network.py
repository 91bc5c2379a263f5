"""A link of the network by keyboard alone: added, mended where it stands, ended; axe finds nothing on the way."""

import re

import pytest
from playwright.sync_api import expect

from clients.models import Link
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.keys import fill, press, tab_to
from tests.browser.test_accessibility import serious_findings
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "with": "With whom",
        "since": "Since",
        "added": "Fareast Capital is a shareholder of 海港食品有限公司",
        "edited": "Fareast Holding is in one group with 海港食品有限公司",
        "menu": "What to do with: Fareast",
        "former": "until",
    },
    "zh-hans": {
        "with": "对方",
        "since": "起始日期",
        "added": "Fareast Capital是海港食品有限公司的股东",
        "edited": "Fareast Holding与海港食品有限公司同属一个集团",
        "menu": "Fareast",
        "former": "至",
    },
}
MENU = "tbody tr summary"


@pytest.fixture
def lawyer(language):
    return make_person("lawyer", language=language)


def choose_kind(page, kind: str) -> None:
    """To the group of kinds, and along it by arrow until this one is chosen."""
    tab_to(page, "[name=kind]")
    for _step in range(page.locator("[name=kind]").count()):
        if page.locator(f"[name=kind][value={kind}]").is_checked():
            return
        page.keyboard.press("ArrowRight")
    expect(page.locator(f"[name=kind][value={kind}]")).to_be_checked()


def open_menu(page) -> None:
    tab_to(page, MENU)
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr .menu-sheet")).to_be_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["wide", "phone"])
def test_a_link_is_added_mended_and_ended(language, locale, lawyer, open_page, sign_in, viewport):
    words = WORDS[language]
    harbour = make_client(lawyer, name="海港食品有限公司")
    page = sign_in(open_page(locale=locale, viewport=viewport), lawyer)
    page.goto(f"/clients/{harbour.pk}/network/")
    assert not serious_findings(page)

    press(page, "main a[href$='/links/new/']")
    expect(page.locator("label[for=id_other]")).to_contain_text(words["with"])
    expect(page.locator("label[for=id_since]")).to_contain_text(words["since"])
    fill(page, "#id_other", "Fareast Capital")
    expect(page.locator(".pick-found input")).to_be_checked()  # the only choice: a name outside
    choose_kind(page, "shareholder")
    fill(page, "#id_note", "35 %")
    assert not serious_findings(page)
    press(page, "main .form-actions .btn-primary")
    expect(page.locator("svg.network title", has_text=words["added"])).to_have_count(1)
    assert not serious_findings(page)
    link = Link.objects.get()
    assert (link.from_name, link.to_client, link.kind, link.note) == (
        "Fareast Capital",
        harbour,
        "shareholder",
        "35 %",
    )

    open_menu(page)
    expect(page.locator(MENU)).to_have_attribute("aria-label", re.compile(re.escape(words["menu"])))
    assert not serious_findings(page)
    press(page, "tbody tr a.menu-item[href$='/edit/']")
    expect(page.locator("main h2").first).to_have_text(words["added"])
    fill(page, "#id_name", "Fareast Holding")
    choose_kind(page, "group_company")
    fill(page, "#id_note", "since the merger")
    assert not serious_findings(page)
    press(page, "main .form-actions .btn-primary")
    expect(page.locator("svg.network title", has_text=words["edited"])).to_have_count(1)
    link.refresh_from_db()
    assert (link.from_name, link.kind, link.note) == ("Fareast Holding", "group_company", "since the merger")

    open_menu(page)
    press(page, "tbody tr form[action$='/end/'] button")
    expect(page.locator("tbody tr.is-former")).to_contain_text(words["former"])
    expect(page.locator("svg.network")).to_have_count(0)  # the picture shows what holds
    expect(page.locator("tbody tr form[action$='/end/']")).to_have_count(0)
    assert not serious_findings(page)
    link.refresh_from_db()
    assert link.until == clock.today(lawyer)
    told = AuditEntry.objects.filter(client_id=harbour.pk, verb__startswith="link.").order_by("id")
    assert [entry.verb for entry in told] == ["link.added", "link.edited", "link.ended"]
