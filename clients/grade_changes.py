"""What follows when grades change, without clients knowing who does it.

Higher apps register in AppConfig.ready: interactions plans the talk with the client.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from clients.rules.grading import DOWN, UP, direction


@dataclass(frozen=True, slots=True)
class GradeMove:
    """A client's grade went from `old` to `new`. `origin`: by whose doing (GradeOrigin)."""

    client_id: UUID
    responsible_id: UUID
    old: str
    new: str
    origin: str
    reason: str = ""

    @property
    def direction(self) -> str:
        return direction(self.old, self.new)

    @property
    def is_event(self) -> bool:
        """Whether the client was up- or downgraded; a first grade is neither."""
        return self.direction in (UP, DOWN)


_CONSEQUENCES: list[Callable] = []


def register(consequence: Callable) -> None:
    """`consequence(moves, by)` gets the up- and downgrades, inside the transaction that made them."""
    if consequence not in _CONSEQUENCES:
        _CONSEQUENCES.append(consequence)


def follow_up_on(moves: Sequence[GradeMove], *, by) -> None:
    events = [move for move in moves if move.is_event]
    for consequence in _CONSEQUENCES if events else ():
        consequence(events, by=by)
