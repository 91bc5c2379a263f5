"""The Redis that carries the queue of the worker, as far as the application itself speaks to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from redis import Redis

PATIENCE = 2  # seconds to wait for an answer


def address() -> str:
    """REDIS_URL as the client library writes it; Celery has a word of its own for a socket."""
    return settings.REDIS_URL.replace("redis+socket://", "unix://", 1)


@contextmanager
def connected() -> Iterator["Redis"]:
    """A connection for a question or two.

    The library is loaded on the first use: no page needs it, and it would take 20 MiB of every web process.
    """
    from redis import Redis

    with Redis.from_url(address(), socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as client:
        yield client


def answers() -> bool:
    """Does it answer at all?"""
    from redis import RedisError

    try:
        with connected() as client:
            return bool(client.ping())
    except (RedisError, OSError):
        return False
