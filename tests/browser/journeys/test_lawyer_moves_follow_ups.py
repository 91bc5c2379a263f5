"""A lawyer drags a follow-up to another day of the week, and does the same by keyboard and on a phone."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from interactions.actions.follow_ups import create_follow_up
from lawcrm.firm import clock
from tests.browser.keys import tab_to
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {"moved": "Moved to", "monday": "Next Monday"},
    "zh-hans": {"moved": "已移至", "monday": "下周一"},
}


@pytest.fixture
def lawyer(language):
    return make_person("lawyer", language=language)


@pytest.fixture
def follow_up(lawyer):
    """At eleven on a Wednesday of a week far ahead: no day of it is today."""
    day = clock.today() + timedelta(weeks=20)
    day += timedelta(days=2 - day.weekday())
    due_at = datetime(day.year, day.month, day.day, 11, tzinfo=clock.zone_of(lawyer))
    return create_follow_up(
        by=lawyer, client=make_client(lawyer), title="Ring about the lease", due_at=due_at
    )


def day_of(follow_up, ahead=0):
    return clock.local(follow_up.due_at, follow_up.owner).date() + timedelta(days=ahead)


def moved_to(follow_up, day):
    follow_up.refresh_from_db()
    due = clock.local(follow_up.due_at, follow_up.owner)
    return (due.date(), due.hour) == (day, 11)


def test_dragged_and_moved_by_keyboard(language, locale, lawyer, follow_up, open_page, sign_in):
    page = sign_in(open_page(locale=locale), lawyer)
    wednesday, friday, monday = (day_of(follow_up, ahead) for ahead in (0, 2, -2))
    page.goto(f"/follow-ups/calendar/?view=week&on={wednesday}")
    entry = page.locator("[data-entry]")
    entry.locator(".planner-hour").drag_to(page.locator(f"[data-day='{friday}'] h2"))
    expect(page.get_by_text(WORDS[language]["moved"])).to_be_visible()
    expect(page.locator(f"[data-day='{friday}'] [data-entry]")).to_contain_text("Ring about the lease")
    assert moved_to(follow_up, friday)

    # Dropped where it was: nothing is sent.
    version = follow_up.version
    entry.locator(".planner-hour").drag_to(page.locator(f"[data-day='{friday}'] h2"))
    tab_to(page, "[data-entry] summary")
    page.keyboard.press("Enter")
    field = entry.locator("input[name=day]")
    expect(field).to_be_visible()
    field.fill(monday.isoformat())
    with page.expect_navigation():
        field.press("Enter")
    expect(page.locator(f"[data-day='{monday}'] [data-entry]")).to_be_visible()
    assert moved_to(follow_up, monday)
    assert follow_up.version == version + 1


def test_moved_on_a_phone(language, locale, lawyer, follow_up, open_page, sign_in):
    phone = sign_in(
        open_page(locale=locale, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True),
        lawyer,
    )
    phone.goto(f"/follow-ups/calendar/?view=week&on={day_of(follow_up)}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("[data-entry] summary").tap()
    phone.get_by_role("button", name=WORDS[language]["monday"]).tap()
    expect(phone.get_by_text(WORDS[language]["moved"])).to_be_visible()
    follow_up.refresh_from_db()
    assert day_of(follow_up).weekday() == 0
