"""axe finds nothing serious on any page: every address of the access table that shows a page, as people see it.

The addresses come from the live resolver and the rows from the canary world, so a new page is examined without
anybody's help. What axe cannot see (the order of focus, sense by keyboard alone) is in test_keyboard.py.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from tests.people import make_department, make_person
from tests.repo.walk import addresses
from tests.repo.world import Planter

pytestmark = pytest.mark.django_db(transaction=True)

SERIOUS = {"serious", "critical"}
# Which person opens which page: the widest rights that show it, so that every button stands on it.
READERS = ("administrator", "partner", "auditor")
GALLERY = "firm:gallery"


@pytest.fixture
def firm():
    """People of each reader's role, and a client with one row of everything."""
    department = make_department()
    lawyer = make_person("lawyer", department=department)
    people = {
        "administrator": make_person("admin", department=department),
        "partner": make_person("partner", department=department),
        "auditor": make_person("auditor"),
    }
    planter = Planter("plain", lawyer).plant_all()
    return people, planter.rows


def pages_of(role: str, rows: dict, *, taken: set[str]) -> list[tuple[str, str]]:
    """(name, url) of the pages this role opens by GET and nobody before it has."""
    found = []
    for address in addresses():
        rule = address.rule
        if address.name in taken or "GET" not in rule.methods.split() or role not in rule.roles:
            continue
        keys = address.keys_in(rows)
        if keys is not None and (keys or not address.doors) and not needs_more(address, keys):
            found.append((address.name, address.url(**keys)))
    return found


def needs_more(address, keys) -> bool:
    """Whether the address takes an argument that no row of the world answers to."""
    return any(name not in keys and converter in {"uuid", "str"} for name, converter in address.arguments)


def shows_a_page(page, url: str) -> bool:
    """False for a fragment, a file, a redirect elsewhere."""
    try:
        answer = page.goto(url)
    except Error as problem:
        if "Download is starting" not in problem.message:
            raise
        return False
    return answer is not None and answer.status == 200 and page.locator("main#main").count() > 0


def serious_findings(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in SERIOUS
    ]


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [({"width": 1440, "height": 900}, "light"), ({"width": 390, "height": 844}, "dark")],
    ids=["wide and light", "phone and dark"],
)
def test_no_page_has_a_serious_finding(firm, open_page, sign_in, viewport, scheme):
    people, rows = firm
    findings, examined = {}, set()
    for role in READERS:
        page = sign_in(open_page(viewport=viewport, color_scheme=scheme), people[role])
        for name, url in pages_of(role, rows, taken=examined):
            if not shows_a_page(page, url):
                continue
            examined.add(name)
            if found := serious_findings(page):
                findings[name] = found
        page.console_errors.clear()  # what answered no page was noted there
    assert not findings, "\n".join(f"{name}: {text}" for name, texts in findings.items() for text in texts)
    assert len(examined) >= 30, sorted(examined)


def test_sign_in_survey_and_error_pages(open_page, firm, live_server):
    page = open_page()
    for url in ("/accounts/login/", "/nowhere/", "/s/" + "x" * 43 + "/", "/s/thanks/"):
        page.goto(url)
        assert not serious_findings(page), url
    page.console_errors.clear()


def test_the_quick_log_and_its_dialog(open_page, sign_in, firm):
    people, rows = firm
    page = sign_in(open_page(), people["partner"])
    page.goto("/")
    page.keyboard.press("l")
    page.locator("dialog[open] input:visible").first.wait_for()
    assert not serious_findings(page)
