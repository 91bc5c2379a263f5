"""Where the evidence of a relationship comes from, without clients knowing who holds it.

Each app registers a provider in its AppConfig.ready. A provider is asked for many clients at once and answers with its
part of `clients.rules.relationship_facts.Facts`, so that one client live and a hundred thousand at night take the same path.
"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

Provider = Callable[..., dict[UUID, dict]]
_PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Adds `provider(client_ids, *, since, today) -> {client id: {field of Facts: value}}`.

    A client without anything may be left out. A provider asks the database once per kind of fact, never per client.
    """
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def gather(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """What all providers together know, by client."""
    facts: dict[UUID, dict] = {client_id: {} for client_id in client_ids}
    for provider in _PROVIDERS:
        for client_id, part in provider(client_ids, since=since, today=today).items():
            facts[client_id].update(part)
    return facts
