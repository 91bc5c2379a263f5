"""The records that show a relationship, as far as the reader may open them.

Each app registers what it holds, in AppConfig.ready: `provider(user, client_id, since) -> {id: EvidenceLink}` for
all of the client's records of its kind that count for an assessment. One query each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    text: str
    url: str


KINDS = ("contacts", "matters", "surveys", "complaints")
Provider = Callable[..., dict[UUID, EvidenceLink]]
_PROVIDERS: dict[str, Provider] = {}


def register(kind: str, provider: Provider) -> None:
    """Raises ValueError on an unknown kind or one registered twice."""
    if kind not in KINDS or _PROVIDERS.setdefault(kind, provider) is not provider:
        raise ValueError(f"evidence of kind {kind} is unknown or registered twice")


def visible_evidence(user, client_id: UUID, *, since: date) -> dict[str, dict[UUID, EvidenceLink]]:
    """By kind: what the user may open."""
    return {kind: provider(user, client_id, since) for kind, provider in _PROVIDERS.items()}
