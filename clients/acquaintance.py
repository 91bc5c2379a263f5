"""Where it is known who met whom, without clients knowing who holds the log.

The room that holds contacts registers a provider in its AppConfig.ready; it gives only what the reader may see.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from clients.rules.acquaintance import Meeting

Provider = Callable[..., list[Meeting]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds `provider(user, *, client, person, since) -> [Meeting]`, by the client's or the person's id; people and
    we ourselves stand in a meeting by their ids. One statement."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def meetings(user, *, since: date, client: UUID | None = None, person: UUID | None = None) -> list[Meeting]:
    """The contacts with a client, or with one person, as far as `user` may see them."""
    return [
        meeting
        for provider in _PROVIDERS
        for meeting in provider(user, client=client, person=person, since=since)
    ]
