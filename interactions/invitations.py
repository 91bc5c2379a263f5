"""Reading an invitation (.ics) somebody uploads. Small files only; nothing in it is followed or stored as it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar

from interactions.rules.invitations import Invitation

MOST_BYTES = 256 * 1024
MOST_TEXT = 4_000
MOST_GUESTS = 200


class NotAnInvitation(Exception):
    """The file is no calendar, or holds no entry with a beginning."""


def read_invitation(data: bytes, zone: ZoneInfo) -> Invitation:
    """The first entry of the file. Times without a zone, and whole days, are on the reader's clock."""
    if len(data) > MOST_BYTES:
        raise NotAnInvitation
    try:
        calendar = icalendar.Calendar.from_ical(data)
        event = next(iter(calendar.walk("VEVENT")), None)
        return _invitation(event, zone)
    except NotAnInvitation:
        raise
    except Exception:  # whatever a damaged file does to its reader
        raise NotAnInvitation from None


def _invitation(event, zone) -> Invitation:
    if event is None or "DTSTART" not in event:
        raise NotAnInvitation
    starts = event["DTSTART"].dt
    begins = _instant(starts, zone)
    return Invitation(
        uid=_text(event, "UID")[:200],
        title=_text(event, "SUMMARY")[:200],
        place=_text(event, "LOCATION")[:300],
        text=_text(event, "DESCRIPTION")[:MOST_TEXT],
        starts=begins,
        minutes=_minutes(event, starts, begins, zone),
        organiser=_address(event.get("ORGANIZER")),
        addresses=_addresses(event),
    )


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


def _text(event, name: str) -> str:
    value = event.get(name, "")
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
