"""The firm's working calendar: what the law closes and makes up for (State Council notices; gov.uk), and own days."""

from datetime import date

import pytest

from lawcrm.firm.actions.working_days import choose_calendar, clear_own_day, set_own_days
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.working_calendar import calendar_of, code_of, current_calendar
from tests.people import make_person

SPRING_FESTIVAL_2026 = [date(2026, 2, day) for day in range(15, 24)]
MAKE_UP_2026 = [
    date(2026, month, day) for month, day in [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
]
BANK_HOLIDAYS_2026 = [
    date(2026, month, day)
    for month, day in [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)]
]


def calendar(code):
    return calendar_of(FirmPolicy(working_calendar=code))


def test_mainland_china_rests_at_the_spring_festival_and_makes_up_for_it():
    china = calendar("china")
    assert not any(map(china.is_working, SPRING_FESTIVAL_2026))
    assert all(map(china.is_working, MAKE_UP_2026))
    assert china.next_working_day(date(2026, 2, 15)) == date(2026, 2, 24)


def test_england_and_wales_rest_on_bank_holidays():
    england = calendar("england_wales")
    weekdays = [
        date.fromordinal(one) for one in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    ]
    closed = [day for day in weekdays if day.weekday() < 5 and not england.is_working(day)]
    assert closed == BANK_HOLIDAYS_2026


@pytest.mark.parametrize(
    ("zone", "code"),
    [("Asia/Shanghai", "china"), ("Europe/London", "england_wales"), ("Pacific/Auckland", "weekdays")],
)
def test_unless_chosen_the_firms_zone_decides(settings, zone, code):
    settings.FIRM_TIME_ZONE = zone
    assert code_of(FirmPolicy()) == code
    assert code_of(FirmPolicy(working_calendar="weekdays")) == "weekdays"


@pytest.mark.django_db
def test_a_day_of_the_firms_own_beats_the_public_calendar_until_it_is_cleared():
    admin, day = make_person("admin"), date(2026, 3, 10)
    choose_calendar("weekdays", by=admin)
    set_own_days([day], by=admin, kind="closed", name="Partners' retreat")
    assert current_calendar().next_working_day(day) == date(2026, 3, 11)
    clear_own_day(day, by=admin)
    assert current_calendar().is_working(day)
    assert AuditEntry.objects.filter(verb="policy.changed").count() == 3


@pytest.fixture
def administrator(client):
    client.force_login(make_person("admin"))


PAGE = "/settings/working-days/"


@pytest.mark.django_db
def test_the_page_adds_a_stretch_and_takes_a_day_back(client, administrator):
    typed = {"first": "2026-12-28", "last": "2026-12-31", "days": "closed", "name": "Year's end"}
    assert client.post(f"{PAGE}add/", typed).status_code == 302
    assert [day for day in sorted(current_calendar().own)] == [date(2026, 12, day) for day in range(28, 32)]
    client.post(f"{PAGE}remove/", {"day": "2026-12-30"})
    assert date(2026, 12, 30) not in current_calendar().own
    assert "closed (Year" in client.get("/settings/policy/").content.decode().replace("Closed", "closed")


@pytest.mark.django_db
@pytest.mark.parametrize("last", ["2026-12-27", "2027-02-28"])
def test_a_stretch_that_ends_before_it_begins_or_never_is_refused(client, administrator, last):
    page = client.post(f"{PAGE}add/", {"first": "2026-12-28", "last": last, "days": "closed", "name": "X"})
    assert "lasts 31 days at most" in page.content.decode()
    assert not current_calendar().own


@pytest.mark.django_db
def test_no_day_is_no_page(client, administrator):
    assert client.post(f"{PAGE}remove/", {"day": "tomorrow"}).status_code == 404
