"""Follow-ups that come again: rules of RFC 5545, reckoned by dateutil (docs/follow-ups.md)."""

from __future__ import annotations

from datetime import date, datetime, time

from dateutil.rrule import rrulestr

WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY = (
    "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6",
    "FREQ=YEARLY",
)  # fmt: skip
PRESETS = (WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY, HALF_YEARLY, YEARLY)
LAST_SAFE_DAY = 28  # every month has it


def anchored(rule: str, first: date) -> str:
    """The rule for a series that begins on `first`: a 31st means the last day of shorter months, not none."""
    if first.day <= LAST_SAFE_DAY or not rule.startswith(("FREQ=MONTHLY", "FREQ=YEARLY")):
        return rule
    month = f";BYMONTH={first.month}" if rule.startswith("FREQ=YEARLY") else ""
    days = ",".join(str(day) for day in range(LAST_SAFE_DAY, first.day + 1))
    return f"{rule}{month};BYMONTHDAY={days};BYSETPOS=-1"


def next_day(rule: str, first: date, after: date) -> date | None:
    """The first day of the series after a day; None where the series has ended. Raises ValueError for no rule."""
    series = rrulestr(rule, dtstart=datetime.combine(first, time()))
    found = series.after(datetime.combine(after, time()))
    return found.date() if found else None


def preset_of(rule: str) -> str:
    """Which preset a stored rule was made of; itself where none."""
    known = [preset for preset in PRESETS if rule == preset or rule.startswith(f"{preset};BY")]
    return known[0] if known else rule
