"""How long a call took, from a timer in somebody's browser."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

LONGEST_CALL = timedelta(hours=12)
CLOCKS_DIFFER = timedelta(minutes=5)


def minutes_of(started: datetime, ended: datetime | None, now: datetime) -> int | None:
    """Whole minutes, a begun one counted; None where the times make no call."""
    ended = ended or now
    took = ended - started
    if started > now + CLOCKS_DIFFER or took < timedelta(0) or took > LONGEST_CALL:
        return None
    return max(1, ceil(took / timedelta(minutes=1)))


def is_its_hour(due_at: datetime, now: datetime) -> bool:
    """Whether something planned for then is what somebody speaking now is likely to be doing."""
    return abs(due_at - now) <= timedelta(hours=1)
