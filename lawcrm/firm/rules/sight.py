"""Who sees a client or a matter: scope, department, team and walls, told of one moment.

The queryset of each model (`visible_to`) decides on the pages; this says the same of people one by one, with the
reason, for reports of the past. tests/flows/test_walls_beat_grants.py holds the two against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

ADMITS, EXCLUDES = "admits", "excludes"
NONE, OWN, DEPARTMENT, FIRM = "none", "own", "department", "firm"
RESPONSIBLE, TEAM = "responsible", "team"
WALL, LEFT, BEYOND = "wall", "left", "beyond"


@dataclass(frozen=True, slots=True)
class Onlooker:
    """A person of the firm at a moment. `path`: their department's, "" for none; `works`: the role has clients at all."""

    id: UUID
    active: bool
    scope: str
    path: str
    works: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """A wall that stands, and the people it names."""

    mode: str
    people: frozenset[UUID]

    def closes_to(self, person: UUID) -> bool:
        return (person in self.people) == (self.mode == EXCLUDES)


@dataclass(frozen=True, slots=True)
class Sought:
    """A client, or a matter with its client's people, at a moment."""

    responsible: UUID | None
    team: frozenset[UUID]
    path: str
    walls: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether the person sees it, and why (not)."""

    sees: bool
    why: str


def sight(person: Onlooker, sought: Sought) -> Sight:
    """Deny beats grant: who has left, then the walls, then the scope (docs/security.md)."""
    if not person.active or not person.works or person.scope == NONE:
        return Sight(False, LEFT if not person.active else BEYOND)
    granted = _granted(person, sought)
    if not granted:
        return Sight(False, BEYOND)
    if any(wall.closes_to(person.id) for wall in sought.walls):
        return Sight(False, WALL)
    return Sight(True, granted)


def _granted(person: Onlooker, sought: Sought) -> str:
    if person.id == sought.responsible:
        return RESPONSIBLE
    if person.scope == FIRM:
        return FIRM
    if person.scope != OWN and person.id in sought.team:
        return TEAM
    below = person.path and sought.path.startswith(person.path)
    return DEPARTMENT if person.scope == DEPARTMENT and below else ""
