"""Which service plan answers a need, without clients knowing who holds the plans.

Plans belong to matters, which lie above: they register in their AppConfig.ready, and tell of a plan only to those who
may see its matter.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PlanLine:
    title: str
    url: str


_PROVIDERS: list[Callable[..., dict[UUID, PlanLine]]] = []


def register(provider: Callable[..., dict[UUID, PlanLine]]) -> None:
    """Adds `provider(user, plan_ids) -> {plan id: PlanLine}`; one statement."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def plans_named(user, plan_ids: Collection[UUID]) -> dict[UUID, PlanLine]:
    """The plans of these ids that `user` may see."""
    found: dict[UUID, PlanLine] = {}
    for provider in _PROVIDERS if plan_ids else ():
        found |= provider(user, plan_ids)
    return found
