"""The calendar read by two readers that had no part in writing it: vobject and icalendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from lawcrm.firm.calendar.items import CalendarItem
from lawcrm.firm.calendar.writer import calendar_text, escaped, folded
from lawcrm.firm.calendar.zones import transitions, vtimezone

ZONES = {name: ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/London", "Pacific/Auckland")}
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def item(starts, **changes):
    lasts = timedelta(minutes=30) if isinstance(starts, datetime) else timedelta(days=1)
    values = dict(
        uid="follow-up-1@lawcrm",
        sequence=0,
        title="华夏实业; call, then \\ write\nsoon",
        bare="A follow-up is due",
        starts=starts,
        ends=starts + lasts,
        path="/follow-ups/1/",
        made_at=LONG_AGO,
        changed_at=LONG_AGO,
    )
    return CalendarItem(**values | changes)


def text_of(*items, zone="Asia/Shanghai", bare=False):
    return calendar_text(
        items,
        zone=ZONES[zone],
        name="LawCRM",
        address=lambda path: "https://crm.example" + path,
        bare=bare,
        year=2026,
    )


def by_vobject(text):
    return [event for event in vobject.readOne(text).vevent_list]


def by_icalendar(text):
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_both_readers_find_what_was_written():
    text = text_of(item(datetime(2026, 3, 4, 1, tzinfo=UTC)))
    (one,), (other,) = by_vobject(text), by_icalendar(text)
    assert one.summary.value == other["SUMMARY"] == "华夏实业; call, then \\ write\nsoon"
    assert one.uid.value == other["UID"] == "follow-up-1@lawcrm"
    assert one.url.value == other["URL"] == "https://crm.example/follow-ups/1/"
    assert (one.dtstart.value.hour, other["DTSTART"].dt.hour) == (9, 9)
    assert not other.errors
    assert {len(line.encode()) <= 75 for line in text.split("\r\n")} == {True}
    assert text.endswith("END:VCALENDAR\r\n") and "\n" not in text.replace("\r\n", "")


def hours_around(zone):
    """Each half hour of two days around every change of the clock in 2026, and around new year."""
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    for turn in [*transitions(ZONES[zone], first, last), first]:
        for half_hours in range(-48, 48):
            yield turn + timedelta(minutes=30) * half_hours


@pytest.mark.parametrize("zone", ZONES)
def test_every_instant_around_the_changes_of_the_clock_arrives(zone):
    moments = list(hours_around(zone))
    text = text_of(*(item(moment, uid=f"{n}@lawcrm") for n, moment in enumerate(moments)), zone=zone)
    read_by_one = [event.dtstart.value.astimezone(UTC) for event in by_vobject(text)]
    read_by_other = [event["DTSTART"].dt.astimezone(UTC) for event in by_icalendar(text)]
    assert read_by_other == moments
    assert sorted(read_by_one) == sorted(moments)


@pytest.mark.parametrize(
    ("zone", "year", "turns"),
    [
        ("Asia/Shanghai", 2026, []),
        ("Europe/London", 2026, ["2026-03-29T01:00:00", "2026-10-25T01:00:00"]),
        ("Pacific/Auckland", 2026, ["2026-04-04T14:00:00", "2026-09-26T14:00:00"]),
    ],
)
def test_the_clock_is_set_when_the_law_says(zone, year, turns):
    found = transitions(ZONES[zone], datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    assert [f"{turn:%Y-%m-%dT%H:%M:%S}" for turn in found] == turns


def test_london_as_the_standard_writes_it():
    """The beginning of each observance on the clock that ran before it (RFC 5545 3.6.5)."""
    lines = vtimezone("Europe/London", 2026, 2026)
    assert lines[2:] == (
        *("BEGIN:STANDARD", "DTSTART:20260101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000"),
        *("TZNAME:GMT", "END:STANDARD"),
        *("BEGIN:DAYLIGHT", "DTSTART:20260329T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100"),
        *("TZNAME:BST", "END:DAYLIGHT"),
        *("BEGIN:STANDARD", "DTSTART:20261025T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000"),
        *("TZNAME:GMT", "END:STANDARD", "END:VTIMEZONE"),
    )


@pytest.mark.parametrize("zone", ZONES)
def test_a_date_stays_that_date_everywhere(zone):
    days = [date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 12, 31)]
    text = text_of(*(item(day, uid=f"{day}@lawcrm") for day in days), zone=zone)
    assert sorted(event.dtstart.value for event in by_vobject(text)) == sorted(days)
    assert [event["DTSTART"].dt for event in by_icalendar(text)] == days
    assert text.count(";VALUE=DATE:") == 8


def test_a_change_and_a_cancellation_keep_the_uid():
    starts = datetime(2026, 3, 4, 1, tzinfo=UTC)
    versions = [
        item(starts),
        item(starts + timedelta(days=1), sequence=1),
        item(starts, sequence=2, cancelled=True),
    ]
    read = [by_icalendar(text_of(one))[0] for one in versions]
    assert {event["UID"] for event in read} == {"follow-up-1@lawcrm"}
    assert [int(event["SEQUENCE"]) for event in read] == [0, 1, 2]
    assert [event["STATUS"] for event in read] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_bare_entries_say_nothing_of_a_client():
    text = text_of(item(datetime(2026, 3, 4, 1, tzinfo=UTC), place="华夏大厦"), bare=True)
    assert "华夏" not in text and "A follow-up is due" in text


def test_hostile_titles_stay_titles():
    title = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTACH:file:///etc/passwd\x00\x0b\u2028y"
    (event,) = by_icalendar(text_of(item(datetime(2026, 3, 4, 1, tzinfo=UTC), title=title)))
    assert "ATTACH" not in event and "END:VEVENT" in event["SUMMARY"]


def test_lines_are_folded_between_characters():
    line = "SUMMARY:" + "华夏𠮷" * 60
    assert "".join(folded(line).split("\r\n ")) == line
    assert max(len(piece.encode()) for piece in folded(line).split("\r\n")) <= 75
    assert escaped("a\rb\r\nc") == "a\\nb\\nc"


def test_an_empty_calendar_is_one():
    assert by_icalendar(text_of()) == []
    assert vobject.readOne(text_of())
