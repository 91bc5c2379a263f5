"""Where the figures of a client's score come from, without clients knowing who holds them.

Each app registers a provider in its AppConfig.ready. A provider is asked for many clients at once and answers with its
part of `clients.rules.grading.ScoreFacts`, so that one client at once and a hundred thousand at night take the same path.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

_PROVIDERS: list[Callable[..., dict[UUID, dict]]] = []


def register(provider: Callable[..., dict[UUID, dict]]) -> None:
    """Adds `provider(client_ids, *, since, today, reader=None) -> {client id: {field of ScoreFacts: value}}`, one statement each."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def gather(client_ids: list[UUID], *, since: date, today: date, reader=None) -> dict[UUID, dict]:
    """What all providers together know, by client; with a reader, of what he or she may see."""
    facts: dict[UUID, dict] = {client_id: {} for client_id in client_ids}
    for provider in _PROVIDERS:
        for client_id, part in provider(client_ids, since=since, today=today, reader=reader).items():
            facts[client_id].update(part)
    return facts
