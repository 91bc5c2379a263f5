"""What is read once per request, however many questions ask for it: the policy, and the walls around the reader.

A request is judged by one policy and one set of walls from its first look at them to its end. Work outside of a
request (tasks, commands) reads anew each time.
"""

from collections.abc import Callable, Hashable
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_reading: ContextVar[dict | None] = ContextVar("reading", default=None)


@contextmanager
def one_reading():
    """Inside, what goes through `read_once` is read once at most."""
    token = _reading.set({})
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading() -> bool:
    return _reading.get() is not None


def read_once(key: Hashable, read: Callable[[], Any]) -> Any:
    """What `read` gives; inside one reading, what it gave the first time."""
    reading = _reading.get()
    if reading is None:
        return read()
    if key not in reading:
        reading[key] = read()
    return reading[key]


def forget_reading() -> None:
    """After a change: whatever follows in this request goes by it."""
    if (reading := _reading.get()) is not None:
        reading.clear()
