"""Which rows the search box finds by words kept with them, so that these can be made anew after an upgrade.

Rooms above register theirs in AppConfig.ready.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


def _leave_to_saving(rows: Sequence) -> None:
    """The words make themselves whenever the row is written (clients.search_column.WordsField)."""


@dataclass(frozen=True)
class Refresher:
    """`model`: "app.Model". `read`: the fields its words are made of. `refresh(rows)` sets the fields `written`."""

    model: str
    read: tuple[str, ...]
    refresh: Callable[[Sequence], None] = _leave_to_saving
    written: tuple[str, ...] = ("search",)


_REFRESHERS: list[Refresher] = []


def register(model: str, *read: str, **how) -> None:
    """Raises ValueError where the model has one already."""
    if any(one.model == model for one in _REFRESHERS):
        raise ValueError(f"{model} refreshes its words twice")
    _REFRESHERS.append(Refresher(model, read, **how))


def refreshers() -> list[Refresher]:
    """In the order in which they were registered: clients first."""
    return list(_REFRESHERS)
