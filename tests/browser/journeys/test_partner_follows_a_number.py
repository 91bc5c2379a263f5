"""A partner opens the dashboard and follows numbers to their lists: each list holds as many clients as the number."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from clients.enums import Grade, RelationshipType
from clients.models import Client
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "insights": "Insights",
        "type": "Partner",
        "cell": "A, Basic: 2",
        "quiet": "Gone quiet",
        "department": "Litigation",
        "shown": "{} clients",
    },
    "zh-hans": {
        "insights": "分析",
        "type": "伙伴型",
        "cell": "A，基本型：2",
        "quiet": "久未联系",
        "department": "争议解决部",
        "shown": "共 {} 个客户",
    },
}


@pytest.fixture
def firm(db):
    """Seven clients: three partners, two key clients at basic, two not yet assessed; four of them gone quiet."""
    department = make_department("Litigation")
    department.name_zh = "争议解决部"
    department.save()
    lawyer = make_person("lawyer", department=department)
    yesterday = clock.today() - timedelta(days=1)
    standing = [(RelationshipType.PARTNER, Grade.B)] * 3 + [(RelationshipType.BASIC, Grade.A)] * 2
    for number, (kind, grade) in enumerate([*standing, (None, ""), (None, "")]):
        client = make_client(lawyer, department=department)
        quiet = yesterday if number >= 3 else clock.today() + timedelta(days=20)
        Client.objects.filter(pk=client.pk).update(relationship_type=kind, grade=grade, quiet_from=quiet)
    return make_person("partner", language="")


def test_numbers_open_their_lists(language, locale, firm, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), firm)
    page.goto("/clients/")
    page.get_by_role("navigation").get_by_role("link", name=words["insights"]).click()
    page.get_by_role("heading", name=words["insights"], exact=True).wait_for()

    follow(page, page.locator(".key a", has_text=words["type"]), 3, words)
    expect(page.locator(".chip-on")).to_contain_text(words["type"])
    follow(page, page.get_by_role("link", name=words["cell"], exact=True), 2, words)
    expect(page.locator(".chip-on")).to_have_count(2)
    follow(page, page.locator("a.stat", has_text=words["quiet"]), 4, words)
    expect(page.locator(".chip-on")).to_contain_text(words["quiet"])
    line = page.get_by_role("row", name=words["department"])
    follow(page, line.get_by_role("link").nth(0), 7, words)
    follow(page, line.get_by_role("link").nth(1), 4, words)


def follow(page, link, count: int, words) -> None:
    """The number stands in the link (or beside it in its row), the list has as many rows, and says so."""
    page.goto("/insights/")
    assert str(count) in link.locator("xpath=ancestor-or-self::*[self::a or self::tr][last()]").inner_text()
    link.click()
    page.get_by_text(words["shown"].format(count), exact=True).wait_for()
    assert page.locator("tbody tr[data-row]").count() == count
