"""How long what is kept: classes of data, registered by the app that owns them, with the firm's days in the policy.

An app registers in AppConfig.ready. Days of 0 keep for ever; a class the policy does not name has its own default.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lawcrm.firm import clock
from lawcrm.firm.policy import current_policy


@dataclass(frozen=True, slots=True)
class Kept:
    """`rows(before)`: a queryset of what is older. `forget(rows) -> int` where more than deleting is to be done.

    `lowest`: the least days that make sense; `always`: may not be kept for ever.
    """

    code: str
    label: str
    hint: str
    rows: Callable
    default: int = 0
    lowest: int = 1
    always: bool = False
    forget: Callable | None = None
    part: int = 5_000

    def days(self, policy) -> int:
        return policy.retention_days.get(self.code, self.default)


_CLASSES: dict[str, Kept] = {}


def register(kept: Kept) -> None:
    """Raises ValueError where another class has the code."""
    if _CLASSES.setdefault(kept.code, kept).code != kept.code:
        raise ValueError(f"{kept.code} is kept twice")


def classes() -> list[Kept]:
    return list(_CLASSES.values())


def days_of(code: str) -> int:
    """For how many days the firm keeps this class now."""
    return _CLASSES[code].days(current_policy())


def before(days: int) -> datetime:
    """What is older than so many days."""
    return clock.now() - timedelta(days=days)


def due(kept: Kept, days: int) -> int:
    """How many rows would go now."""
    return kept.rows(before(days)).count() if days else 0
