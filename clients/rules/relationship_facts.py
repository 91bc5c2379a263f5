"""What the rule of relationship types looks at: a client's evidence, and the firm's numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from lawcrm.firm.rules.relationship_numbers import RelationshipNumbers

DEFAULT_GRADE = "C"


@dataclass(frozen=True, slots=True)
class ContactFact:
    id: UUID
    on: date
    firm_initiated: bool
    answered: bool
    purposes: tuple[str, ...]
    matter_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MatterFact:
    id: UUID
    accepted_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SurveyFact:
    id: UUID
    answered_on: date
    score: Decimal | float | None  # 1 to 5
    nps: int | None  # 0 to 10


@dataclass(frozen=True, slots=True)
class Facts:
    """One client's evidence. Withdrawn contacts are left out; those of clients merged into it are in."""

    client_since: date | None
    known_since: date  # the day the firm's records first know the client
    grade: str | None
    contacts: tuple[ContactFact, ...] = ()  # of the window, in any order
    ever_contacted: bool = False  # any contact on record, also before the window
    contact_count: int = 0  # of all time
    matters: tuple[MatterFact, ...] = ()  # of all time
    surveys: tuple[SurveyFact, ...] = ()  # answered in the window
    open_complaints: int = 0


@dataclass(frozen=True, slots=True)
class RelationshipPolicy(RelationshipNumbers):
    """What the criteria are judged by: the firm's numbers, and those that are the same everywhere."""

    reachable_contacts: int = 1
    feedback_contacts: int = 1

    @classmethod
    def of(cls, firm_policy: RelationshipNumbers) -> RelationshipPolicy:
        """The part of the firm's policy that the criteria need."""
        return cls(**{f.name: getattr(firm_policy, f.name) for f in fields(RelationshipNumbers)})

    def cadence(self, grade: str | None) -> int:
        """Days between contacts the client's grade promises; a client without a grade has grade C's."""
        return self.cadence_days.get(grade or DEFAULT_GRADE) or self.cadence_days[DEFAULT_GRADE]

    def longest_gap(self, grade: str | None) -> int:
        """The longest silence still called regular: the cadence and its tolerance."""
        return math.floor(round(self.cadence(grade) * (1 + self.gap_tolerance), 6))

    def window_start(self, today: date) -> date:
        return today - timedelta(days=self.window_days)
