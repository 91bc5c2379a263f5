"""Key dates of matters: how near they are, when to remind of them; the after-care and the end of a retainer."""

from dataclasses import dataclass
from datetime import date, timedelta

# Days before a date on which its owner is reminded.
REMIND = {
    "limitation": (90, 60, 30, 14, 7, 3, 1, 0),
    "appeal": (10, 5, 3, 1, 0),
    "hearing": (14, 7, 3, 1, 0),
    "evidence": (10, 5, 3, 1, 0),
    "filing": (7, 3, 1, 0),
}
REMIND_OTHERS = (7, 1, 0)
# A date that cannot be made up for is a warning this long before.
WARN = {"limitation": 30, "appeal": 10}
AFTER_CARE = (7, 30, 90)
RENEW_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Standing:
    """`code`: done, passed, warning, soon (a reminder has gone out) or ahead. `days` to go, negative when passed."""

    code: str
    days: int


def standing(kind: str, on: date, done: bool, today: date) -> Standing:
    days = (on - today).days
    if done:
        return Standing("done", days)
    if days < 0:
        return Standing("passed", days)
    if days <= WARN.get(kind, -1):
        return Standing("warning", days)
    return Standing("soon" if days <= max(reminders(kind)) else "ahead", days)


def reminders(kind: str) -> tuple[int, ...]:
    return REMIND.get(kind, REMIND_OTHERS)


def reminder_days(kind: str, on: date) -> list[date]:
    """The days on which the owner is reminded, the first first."""
    return [on - timedelta(days=days) for days in reminders(kind)]


def after_care_days(closed_on: date) -> list[date]:
    """When the client of a closed matter is asked how things are (the trigger "matter closed")."""
    return [closed_on + timedelta(days=days) for days in AFTER_CARE]


def renewal_from(ends_on: date | None, *, lead: int = RENEW_BEFORE) -> date | None:
    """The day from which the renewal of a retainer is talked about."""
    return ends_on - timedelta(days=lead) if ends_on else None
