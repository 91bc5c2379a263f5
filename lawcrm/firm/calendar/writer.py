"""A person's calendar as iCalendar text (RFC 5545, RFC 7986)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from lawcrm.firm.calendar.items import CalendarItem
from lawcrm.firm.calendar.zones import vtimezone

WIDTH = 75  # octets in a line
DONE = "\N{CHECK MARK} "


def calendar_text(
    items: Iterable[CalendarItem], *, zone: ZoneInfo, name: str, address, bare: bool, year: int
) -> str:
    """`address(path)` makes a full address; `bare`: no titles; `year`: today's, which the zone is written around."""
    items = list(items)
    years = [year, *(item.starts.year for item in items), *(item.ends.year for item in items)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//LawCRM//LawCRM//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"NAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{zone.key}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        *vtimezone(zone.key, min(years) - 1, max(years) + 1),
    ]
    for item in items:
        lines += _event(item, zone, address, bare)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(item: CalendarItem, zone, address, bare: bool) -> list[str]:
    title = (DONE if item.done else "") + (item.bare if bare else item.title)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(item.uid)}",
        f"SEQUENCE:{item.sequence}",
        f"DTSTAMP:{_utc(item.changed_at)}",
        f"CREATED:{_utc(item.made_at)}",
        f"LAST-MODIFIED:{_utc(item.changed_at)}",
        f"SUMMARY:{escaped(title)}",
        _moment("DTSTART", item.starts, zone),
        _moment("DTEND", item.ends, zone),
        f"URL:{address(item.path)}",
        f"STATUS:{'CANCELLED' if item.cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
    ]
    if item.place and not bare:
        lines.append(f"LOCATION:{escaped(item.place)}")
    return [*lines, "END:VEVENT"]


def _moment(name: str, value: datetime | date, zone: ZoneInfo) -> str:
    if not isinstance(value, datetime):
        return f"{name};VALUE=DATE:{value:%Y%m%d}"
    local = value.astimezone(zone)
    if _comes_twice(local):  # readers do not agree which of the two a wall clock means
        return f"{name}:{_utc(value)}"
    return f"{name};TZID={zone.key}:{local:%Y%m%dT%H%M%S}"


def _comes_twice(local: datetime) -> bool:
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Text as a value: whatever breaks lines is a line break, other control characters are nothing."""
    text = str(text).replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    text = text.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(character for character in text if character >= " " and character != "\x7f")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no character cut in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > WIDTH:
            pieces.append(piece)
            piece, size = "", 1  # the blank a further piece begins with
        piece += character
        size += octets
    return "\r\n ".join([*pieces, piece])
