"""Key dates and events in the calendar feed: fetched over HTTP, read by two readers that had no part in writing it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from django.urls import reverse

from interactions.actions.events import add_guests, cancel_event, change_event, make_event
from lawcrm.firm import clock
from lawcrm.firm.actions.calendar import make_feed
from lawcrm.firm.actions.walls import raise_wall
from matters.actions.agenda import add_date, call_off_date, change_date, finish_date
from matters.actions.matters import close_matter
from tests.clients.build import make_client
from tests.matters.build import make_matter
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 15, 4, tzinfo=UTC)
TURNS = {  # the days around every change of the clock
    "Asia/Shanghai": [],
    "Europe/London": [date(2026, 3, 29), date(2026, 10, 25)],
    "Pacific/Auckland": [date(2026, 4, 5), date(2026, 9, 27)],
}
ALL = ["follow_ups", "key_dates", "events"]


@pytest.fixture(autouse=True)
def in_march():
    with clock.standing_at(MARCH):
        yield


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def matter(lawyer):
    return make_matter(make_client(lawyer, name="华夏实业"), accepted_on=date(2026, 1, 5))


@pytest.fixture
def read(client, lawyer):
    """The lawyer's feed as both readers see it: {uid: (starts, summary, status, sequence)}."""
    token = make_feed(lawyer, titles="full", kinds=ALL)
    url = reverse("firm:calendar_feed", args=[token])

    def fetch():
        text = client.get(url).content.decode()
        one = {
            event.uid.value: (
                event.dtstart.value, event.summary.value, event.status.value, int(event.sequence.value)
            )
            for event in getattr(vobject.readOne(text), "vevent_list", [])
        }  # fmt: skip
        other = {
            str(event["UID"]): (
                event["DTSTART"].dt, str(event["SUMMARY"]), str(event["STATUS"]), int(event["SEQUENCE"])
            )
            for event in icalendar.Calendar.from_ical(text).walk("VEVENT")
        }  # fmt: skip
        assert one == other
        return one

    fetch.url = url
    return fetch


@pytest.mark.parametrize("zone", TURNS)
def test_dates_stay_dates_and_hours_stay_instants_wherever_one_is(read, matter, lawyer, zone):
    lawyer.time_zone = zone
    lawyer.save()
    days = [day + timedelta(days=n) for day in TURNS[zone] or [date(2026, 5, 5)] for n in (-1, 0, 1)]
    firm = clock.zone_of()
    hours = [time(0, 30), time(9, 0), time(23, 30)]
    for day in days:
        add_date(matter, by=lawyer, kind="filing", on=day)
        for hour in hours:
            add_date(matter, by=lawyer, kind="hearing", on=day, at=hour)
            at = datetime.combine(day, hour, tzinfo=ZoneInfo(zone))
            make_event(by=lawyer, title=f"Talk {at}", place="Hall", organiser=lawyer, starts_at=at)
    starts = {uid: entry[0] for uid, entry in read().items()}
    moments = [moment.astimezone(UTC) for moment in starts.values() if isinstance(moment, datetime)]
    hearings = [datetime.combine(day, hour, tzinfo=firm) for day in days for hour in hours]
    talks = [datetime.combine(day, hour, tzinfo=ZoneInfo(zone)) for day in days for hour in hours]
    assert sorted(moments) == sorted(moment.astimezone(UTC) for moment in hearings + talks)
    assert sorted(day for day in starts.values() if not isinstance(day, datetime)) == days


def test_a_key_date_is_moved_done_and_called_off(read, matter, lawyer):
    held = add_date(matter, by=lawyer, kind="hearing", on=date(2026, 4, 7), title="Trial")
    (first,) = read().items()
    assert first[1] == (date(2026, 4, 7), "华夏实业: Trial (Supply contract)", "CONFIRMED", 0)
    change_date(held, by=lawyer, version=held.version, changes={"on": date(2026, 4, 9)})
    (moved,) = read().items()
    assert (moved[0], moved[1][0], moved[1][3]) == (first[0], date(2026, 4, 9), 1)
    other = add_date(matter, by=lawyer, kind="filing", on=date(2026, 4, 8))
    finish_date(other, by=lawyer)
    call_off_date(held, by=lawyer)
    assert call_off_date(held, by=lawyer) is False
    now = read()
    assert now[first[0]][2:] == ("CANCELLED", 2)
    assert now[f"key-date-{other.pk}@lawcrm"][1].startswith("✓ ")


def test_what_was_left_open_when_its_matter_closed_is_taken_away(read, matter, lawyer):
    add_date(matter, by=lawyer, kind="hearing", on=date(2026, 4, 7))
    matter.refresh_from_db()
    close_matter(matter, by=lawyer, closed_on=date(2026, 3, 15), outcome="settled")
    ((_day, _title, status, sequence),) = read().values()
    assert status == "CANCELLED" and sequence > 0


def test_an_event_is_moved_and_cancelled(read, lawyer):
    event = make_event(by=lawyer, title="Tea", place="Hall", organiser=lawyer, starts_at=MARCH)
    change_event(event, by=lawyer, version=1, changes={"starts_at": MARCH + timedelta(days=1)})
    cancel_event(event, by=lawyer)
    ((starts, title, status, sequence),) = read().values()
    assert starts == MARCH + timedelta(days=1)
    assert (title, status, sequence) == ("Tea", "CANCELLED", 2)


def test_whose_dates_and_events_they_are(read, matter, lawyer):
    """Those of one's own clients and matters; a colleague's are not, and neither is what a wall closes."""
    colleague = make_person("colleague")
    theirs = make_matter(make_client(colleague))
    add_date(theirs, by=colleague, kind="hearing", on=date(2026, 4, 7))
    event = make_event(by=colleague, title="Tea", place="Hall", organiser=colleague, starts_at=MARCH)
    assert read() == {}
    add_guests(event, [matter.client], by=colleague)
    add_date(matter, by=colleague, kind="hearing", on=date(2026, 4, 8), owner=colleague)
    assert {entry[1] for entry in read().values()} == {"Tea", "华夏实业: Hearing (Supply contract)"}
    raise_wall(
        matter.client,
        by=make_person("partner"),
        kind="client",
        mode="excludes",
        people=[lawyer],
        reason="Conflict",
    )
    assert read() == {}


def test_bare_entries_name_nobody(client, matter, lawyer):
    add_date(matter, by=lawyer, kind="hearing", on=date(2026, 4, 7), title="Trial", place="Court 3")
    make_event(by=lawyer, title="Tea", place="Hall", organiser=lawyer, starts_at=MARCH)
    token = make_feed(lawyer, titles="bare", kinds=ALL)
    text = client.get(reverse("firm:calendar_feed", args=[token])).content.decode()
    assert not any(word in text for word in ("华夏", "Trial", "Court", "Supply", "Tea", "Hall"))
    assert "A date of a matter" in text and "An event for clients" in text


def test_more_dates_ask_no_more(read, client, matter, lawyer):
    def grow(number):
        for _each in range(number):
            add_date(matter, by=lawyer, kind="hearing", on=date(2026, 4, 7))
            make_event(by=lawyer, title="Tea", place="Hall", organiser=lawyer, starts_at=MARCH)

    assert_flat(client, read.url, grow, at_most=12)
