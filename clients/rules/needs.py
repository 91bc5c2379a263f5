"""The way of a client's need, as a table: which status follows which, what a step asks for, and how old a need is.

identified -> assessed -> planned -> in service -> satisfied; any open one may be dropped with a reason, and what was
dropped or satisfied may be taken up again (docs/grades-and-needs.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clients.enums import NeedStatus as S

ASSESS, PLAN, SERVE, SATISFY, DROP, REOPEN, REASSESS, UNPLAN = (
    "assess",
    "plan",
    "serve",
    "satisfy",
    "drop",
    "reopen",
    "reassess",
    "unplan",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. `asks`: what the step must be given."""

    move: str
    origin: str
    target: str
    asks: tuple[str, ...] = ()


OPEN = (S.IDENTIFIED, S.ASSESSED, S.PLANNED, S.IN_SERVICE)
ASSESSMENT = ("feasibility", "risk", "cost")
TABLE = (
    Step(ASSESS, S.IDENTIFIED, S.ASSESSED, ASSESSMENT),
    Step(PLAN, S.ASSESSED, S.PLANNED),
    Step(SERVE, S.PLANNED, S.IN_SERVICE),
    Step(SATISFY, S.IN_SERVICE, S.SATISFIED),
    *(Step(DROP, status, S.DROPPED, ("reason",)) for status in OPEN),
    Step(REASSESS, S.ASSESSED, S.IDENTIFIED),
    Step(UNPLAN, S.PLANNED, S.ASSESSED),
    Step(REOPEN, S.DROPPED, S.IDENTIFIED),
    Step(REOPEN, S.SATISFIED, S.IN_SERVICE),
)
_BY_MOVE = {(step.move, step.origin): step for step in TABLE}
FORWARD = (ASSESS, PLAN, SERVE, SATISFY)


class NotPossible(Exception):
    """The table has no such step from here, or the step lacks what it asks for."""


def step_of(status: str, move: str) -> Step:
    """The step a move takes from a status. Raises NotPossible."""
    step = _BY_MOVE.get((move, status))
    if step is None:
        raise NotPossible(f"{move} from {status}")
    return step


def moves_from(status: str) -> tuple[str, ...]:
    """What may be done with a need now, the step forward first."""
    moves = [step.move for step in TABLE if step.origin == status]
    return tuple(sorted(moves, key=lambda move: (move not in FORWARD, move == DROP)))


def status_after(status: str, move: str, given: dict) -> str:
    """Where the move leads. Raises NotPossible where it cannot be made or lacks what it asks for."""
    step = step_of(status, move)
    missing = [name for name in step.asks if not given.get(name)]
    if missing:
        raise NotPossible(f"{move} asks for {', '.join(missing)}")
    return step.target


def is_open(status: str) -> bool:
    return status in OPEN


# -- ageing ------------------------------------------------------------------------------------------------------

AGES = (30, 90, 180)  # days: under the first, ..., over the last


def age_band(found_on: date, today: date) -> int:
    """Which of the bands an open need has aged into: 0 the freshest."""
    days = (today - found_on).days
    return sum(days >= edge for edge in AGES)
