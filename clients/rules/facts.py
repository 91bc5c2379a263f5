"""Which of the main values are kept when they change, and what of them."""

from __future__ import annotations

from collections.abc import Iterator

from clients.enums import FactKind

_KINDS = tuple(FactKind.values)


def kinds_of(owner) -> tuple[str, ...]:
    """The kinds of facts that also have a main value on this row."""
    return tuple(kind for kind in _KINDS if hasattr(owner, kind))


def former_values(changes: dict) -> Iterator[tuple[str, str]]:
    """(kind, what it said before) of each main value that said something and says something else now."""
    for kind in _KINDS:
        before, _now = changes.get(kind, ("", ""))
        if before:
            yield kind, before
