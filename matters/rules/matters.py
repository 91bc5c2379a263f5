"""What may be done with a matter, and when its client is owed a report."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MatterState:
    accepted_on: date
    closed_on: date | None


def close_problem(matter: MatterState, closed_on: date, today: date) -> str | None:
    """Why the matter cannot be closed on that day (a code), or None when it can."""
    if matter.closed_on is not None:
        return "already_closed"
    if closed_on < matter.accepted_on:
        return "closed_before_accepted"
    if closed_on > today:
        return "closed_in_future"
    return None


def report_owed_since(
    accepted_on: date, last_told_on: date | None, today: date, *, progress_days: int
) -> date | None:
    """The day since which the client of an open matter is owed a progress report, or None.

    A report is owed once more than `progress_days` days have passed since the client was last told (or, untold,
    since acceptance): criterion `progress_reported` of the responsible type.
    """
    silent_since = max(accepted_on, last_told_on or accepted_on)
    owed_from = date.fromordinal(silent_since.toordinal() + progress_days + 1)
    return owed_from if owed_from <= today else None
