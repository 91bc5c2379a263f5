"""A time zone as a calendar reads it (VTIMEZONE, RFC 5545 3.6.5), from the zone's own transitions.

Written here: icalendar 7.3 puts London's change to summer time an hour late (it names the hour after the jump, the standard
asks for the hour before it).
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """The lines of a zone that hold from the first of the first year to the end of the last."""
    zone = ZoneInfo(name)
    begin, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    lines += _observance(zone, begin.astimezone(zone), begin.astimezone(zone).utcoffset())
    for moment in transitions(zone, begin, end):
        before = (moment - timedelta(seconds=1)).astimezone(zone).utcoffset()
        lines += _observance(zone, moment.astimezone(zone), before)
    return (*lines, "END:VTIMEZONE")


def transitions(zone: ZoneInfo, begin: datetime, end: datetime) -> list[datetime]:
    """The instants (UTC) at which the clock is set."""
    days = [begin + DAY * n for n in range((end - begin).days + 1)]
    return [
        _instant(zone, before, after)
        for before, after in pairwise(days)
        if _at(zone, before) != _at(zone, after)
    ]


def _instant(zone, low: datetime, high: datetime) -> datetime:
    """The first second of the new time between two instants of which only the later has it."""
    old = _at(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _at(zone, middle) == old else (low, middle)
    return high


def _at(zone, moment: datetime):
    local = moment.astimezone(zone)
    return local.utcoffset(), local.tzname()


def _observance(zone, local: datetime, before: timedelta) -> list[str]:
    """What holds from `local` on. Its beginning is told as the clock stood that ran before."""
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    onset = (local.astimezone(UTC) + before).replace(tzinfo=None)
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{onset:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(local.utcoffset())}",
        f"TZNAME:{local.tzname()}",
        f"END:{kind}",
    ]


def _offset(delta: timedelta) -> str:
    seconds = int(delta.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("+", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{sign}{hours:02}{minutes:02}" + (f"{seconds:02}" if seconds else "")
