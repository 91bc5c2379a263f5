"""Reading an invitation (.ics) somebody uploads. Small files only; nothing in it is followed or stored as it is."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr

from interactions.rules.invitations import Invitation

MOST_BYTES = 256 * 1024
MOST_TEXT = 4_000
MOST_GUESTS = 200
ENCODINGS = (
    "utf-8-sig",
    "gb18030",
)  # the standard's own, and what some Chinese programmes write all the same
AHEAD, BACK = timedelta(days=400), timedelta(days=4000)
MOST_TURNS = 5_000
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


class NotAnInvitation(Exception):
    """The file is no calendar, or holds no entry with a beginning."""


def text_of(data: bytes) -> str:
    """The file as text. Raises NotAnInvitation."""
    if len(data) > MOST_BYTES:
        raise NotAnInvitation
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-16")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotAnInvitation


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotAnInvitation from None


def read_invitation(data: bytes, zone: ZoneInfo, now: datetime | None = None) -> Invitation:
    """The meeting of the file. Times without a zone, and whole days, are on the reader's clock.

    Of one that recurs, the occurrence that was last (or is to be first) and those beside it.
    """
    text = text_of(data)
    try:
        calendar = icalendar.Calendar.from_ical(text)
        return _invitation(calendar, zone, now or datetime.now(UTC))
    except NotAnInvitation:
        raise
    except Exception:  # whatever a damaged file does to its reader
        raise NotAnInvitation from None


def _invitation(calendar, zone, now: datetime) -> Invitation:
    entries = [entry for entry in calendar.walk("VEVENT") if "DTSTART" in entry]
    if not entries:
        raise NotAnInvitation
    event = next((entry for entry in entries if "RECURRENCE-ID" not in entry), entries[0])
    starts = event["DTSTART"].dt
    begins = _instant(starts, zone)
    occasions = _occasions(event, entries, zone, now) if "RRULE" in event else ()
    return Invitation(
        uid=_text(event, "UID")[:200],
        title=_text(event, "SUMMARY")[:200],
        place=_text(event, "LOCATION")[:300],
        text=_text(event, "DESCRIPTION")[:MOST_TEXT],
        starts=_latest(occasions, now) or begins,
        minutes=_minutes(event, starts, begins, zone),
        organiser=_address(event.get("ORGANIZER")),
        addresses=_addresses(event),
        cancelled=_is_cancelled(calendar, event),
        occasions=occasions,
    )


def _is_cancelled(calendar, event) -> bool:
    return "CANCEL" in (_text(calendar, "METHOD").upper(), _text(event, "STATUS").upper()[:6])


# -- meetings that recur ------------------------------------------------------------------------------------------


def _occasions(event, entries, zone, now: datetime) -> tuple[datetime, ...]:
    """The three last occurrences and the next one, moved and called off ones as they stand now."""
    starts = event["DTSTART"].dt
    clock = getattr(starts, "tzinfo", None) or zone
    found = {_aware(turn, clock) for turn in _turns(event, starts, clock, now)} - _left_out(event, zone)
    for entry in entries:
        if entry is not event and "RECURRENCE-ID" in entry:
            found.discard(_instant(entry["RECURRENCE-ID"].dt, zone))
            if _text(entry, "STATUS").upper() != "CANCELLED":
                found.add(_instant(entry["DTSTART"].dt, zone))
    in_time = sorted(found)
    past = [moment for moment in in_time if moment <= now]
    return tuple([*past[-3:], *in_time[len(past) : len(past) + 1]])


def _turns(event, starts, clock, now: datetime) -> Iterator[datetime]:
    """Wall-clock times of the rule, not beyond a year or so: a rule from outside may go on for ever."""
    rule = dict(event["RRULE"])
    ends = rule.pop("UNTIL", [None])[0]
    if str(rule.get("FREQ", [""])[0]).upper() in TOO_OFTEN:
        raise NotAnInvitation
    first = _wall(starts, clock)
    last = _wall(now + AHEAD, clock)
    if ends is not None:
        last = min(
            last, _wall(ends, clock) if isinstance(ends, datetime) else datetime.combine(ends, time.max)
        )
    if first < _wall(now - BACK, clock):
        raise NotAnInvitation
    series = rrulestr(icalendar.vRecur(rule).to_ical().decode(), dtstart=first)
    return islice(iter(series.replace(until=last) if "COUNT" not in rule else series), MOST_TURNS)


def _wall(value: datetime | date, clock) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(9))
    return (value.astimezone(clock) if value.tzinfo else value).replace(tzinfo=None)


def _aware(wall: datetime, clock) -> datetime:
    return wall.replace(tzinfo=clock).astimezone(UTC)


def _left_out(event, zone) -> set[datetime]:
    held = event.get("EXDATE", [])
    lists = held if isinstance(held, list) else [held]
    return {_instant(one.dt, zone) for each in lists for one in each.dts}


def _latest(occasions, now: datetime) -> datetime | None:
    past = [moment for moment in occasions if moment <= now]
    return past[-1] if past else next(iter(occasions), None)


# -- single values ------------------------------------------------------------------------------------------------


def _instant(value: datetime | date, zone) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(9))
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)


def _minutes(event, starts, begins, zone) -> int | None:
    if not isinstance(starts, datetime):
        return None
    if "DTEND" in event:
        lasts = _instant(event["DTEND"].dt, zone) - begins
    elif "DURATION" in event:
        lasts = event["DURATION"].dt
    else:
        return None
    return int(lasts / timedelta(minutes=1)) if timedelta(0) < lasts <= timedelta(days=1) else None


def _text(entry, name: str) -> str:
    value = entry.get(name, "")
    value = value[0] if isinstance(value, list) else value
    return str(value).replace("\r\n", "\n").replace("\x00", "").strip()


def _addresses(event) -> tuple[str, ...]:
    guests = event.get("ATTENDEE", [])
    guests = guests if isinstance(guests, list) else [guests]
    found = [_address(event.get("ORGANIZER")), *map(_address, guests[:MOST_GUESTS])]
    return tuple(dict.fromkeys(address for address in found if address))


def _address(value) -> str:
    text = str(value[0] if isinstance(value, list) else value or "").strip().lower()
    return text.removeprefix("mailto:") if "@" in text else ""
