"""What follows when grades change, without clients knowing who does it.

Higher apps register in AppConfig.ready: interactions plans the talk with the client.
"""

from collections.abc import Callable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Consequence:
    """`draw(moves, by=) -> {client: mark}`: what it did, as JSON, where it did anything.

    `take_back({client: mark}, by=) -> clients whose follow-up stays`, because somebody has worked on it.
    """

    draw: Callable
    take_back: Callable


_CONSEQUENCES: dict[str, Consequence] = {}


def register(code: str, consequence: Consequence) -> None:
    """It gets the up- and downgrades, inside the transaction that made them."""
    _CONSEQUENCES[code] = consequence


def follow_up_on(moves: Sequence[GradeMove], *, by) -> dict[UUID, dict]:
    """Returns by client what was done, as `take_consequences_back` wants it."""
    events = [move for move in moves if move.is_event]
    done: dict[UUID, dict] = {}
    for code, consequence in _CONSEQUENCES.items() if events else ():
        for client, mark in consequence.draw(events, by=by).items():
            done.setdefault(client, {})[code] = mark
    return done


def take_consequences_back(done: Mapping[UUID, dict], *, by) -> set[UUID]:
    """Returns the clients at which something stays, because somebody has worked on it."""
    staying: set[UUID] = set()
    for code, consequence in _CONSEQUENCES.items():
        if marks := {client: marks[code] for client, marks in done.items() if code in marks}:
            staying |= consequence.take_back(marks, by=by)
    return staying
