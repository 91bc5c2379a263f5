"""Where the present deed comes from: an address on the network, a task, a command. Kept per context."""

from contextlib import contextmanager
from contextvars import ContextVar

_origin: ContextVar[str] = ContextVar("origin", default="")


def current_origin() -> str:
    return _origin.get()


@contextmanager
def origin(where: str):
    """Whatever is recorded inside came from `where`."""
    token = _origin.set(where[:60])
    try:
        yield
    finally:
        _origin.reset(token)
