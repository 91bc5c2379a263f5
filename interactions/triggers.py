"""What raises follow-ups by itself, without interactions knowing who finds the causes.

A provider is given the night (`interactions.queries.triggers.Night`: some thousand clients, the firm's rules, the
day) and yields (client id, Cause); at most one statement of its own for all of them. Higher apps register theirs in
AppConfig.ready, as with the facts of the assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from interactions.rules.triggers import DEFAULTS, TriggerRule


@dataclass(frozen=True)
class Provider:
    codes: tuple[str, ...]
    find: Callable


_PROVIDERS: list[Provider] = []
_SIGNS: list[Callable] = []


def register(*codes: str) -> Callable:
    """Registers a function that finds the causes of these triggers."""

    def keep(find: Callable) -> Callable:
        if all(known.find is not find for known in _PROVIDERS):
            _PROVIDERS.append(Provider(codes, find))
        return find

    return keep


def register_signs(find: Callable) -> Callable:
    """Registers `find(night) -> {client id: {sign: day}}`: warning signs of a client about to be lost."""
    if find not in _SIGNS:
        _SIGNS.append(find)
    return find


def sign_finders() -> tuple[Callable, ...]:
    return tuple(_SIGNS)


def watched() -> frozenset[str]:
    """The triggers whose causes are looked for each night."""
    return frozenset(code for provider in _PROVIDERS for code in provider.codes)


def causes(night) -> Iterable[tuple]:
    """(client id, Cause) of everything that holds on the day; what is switched off is not looked for."""
    for provider in _PROVIDERS:
        wanted = {code for code in provider.codes if night.rules[code].on}
        if wanted:
            yield from ((client, cause) for client, cause in provider.find(night) if cause.trigger in wanted)


def rules_of(policy) -> Mapping[str, TriggerRule]:
    """Each trigger's rule: the default, and what the firm decided otherwise."""
    return {code: replace(rule, **dict(policy.triggers.get(code, {}))) for code, rule in DEFAULTS.items()}


def stored(rules: Mapping[str, TriggerRule]) -> dict[str, dict]:
    """What of the rules differs from the defaults, for the policy."""
    changed = {}
    for code, rule in rules.items():
        default = DEFAULTS[code]
        differs = {
            name: getattr(rule, name)
            for name in TriggerRule.__slots__
            if getattr(rule, name) != getattr(default, name)
        }
        if differs:
            changed[code] = differs
    return changed
