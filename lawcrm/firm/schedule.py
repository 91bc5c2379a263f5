"""Periodic work, registered by the app that owns it: every minute, or once a day at the firm's local time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Daily:
    code: str
    at: time
    run: Callable
    in_parts: bool = False

    def run_part(self, cursor: dict) -> bool:
        """One part of the day's run; True when more is left."""
        if self.in_parts:
            return bool(self.run(cursor))
        self.run()
        return False


_EVERY_MINUTE: dict[str, Callable] = {}
_DAILY: dict[str, Daily] = {}


def every_minute(code: str):
    """Registers a function that each tick calls; it must be quick when nothing is due, and safe to call twice."""

    def keep(function):
        if _EVERY_MINUTE.setdefault(code, function) is not function:
            raise ValueError(f"{code} is scheduled twice")
        return function

    return keep


def daily(code: str, *, at: str, in_parts: bool = False):
    """Registers a function for once per local date of the firm, at or after `at` ("02:30").

    It runs in one transaction with the note that it ran. `in_parts`: it is called with a dict it may write its
    place into, does a part of at most 30 s and returns whether more is left; each part commits with its place.
    """

    def keep(function):
        if code in _DAILY and _DAILY[code].run is not function:
            raise ValueError(f"{code} is scheduled twice")
        _DAILY[code] = Daily(code, time.fromisoformat(at), function, in_parts)
        return function

    return keep


def minutely_work() -> dict[str, Callable]:
    return dict(_EVERY_MINUTE)


def daily_work() -> tuple[Daily, ...]:
    return tuple(_DAILY.values())
