"""What the rule of relationship types looks at: a client's evidence, and the firm's numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

DEFAULT_GRADE = "C"
DEFAULT_CADENCE = MappingProxyType({"A": 14, "B": 30, "C": 90, "D": 60})


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
class RelationshipPolicy:
    """The firm's numbers for the criteria."""

    window_days: int = 365
    reachable_contacts: int = 1
    check_in_days: int = 30
    progress_days: int = 30
    feedback_contacts: int = 1
    gap_tolerance: float = 0.5
    cadence_days: Mapping[str, int] = field(default_factory=lambda: DEFAULT_CADENCE)
    informed_contacts: int = 2
    needs_review_days: int = 180
    long_term_years: int = 2
    long_term_matters: int = 3
    two_way_share: float = 0.2
    two_way_contacts: int = 6
    risk_cost_contacts: int = 2
    satisfied_score: float = 4.0
    satisfied_nps: int = 9
    min_known_days: int = 30
    min_contacts_if_new: int = 2

    @classmethod
    def of(cls, firm_policy: Any) -> RelationshipPolicy:
        """The part of the firm's policy that the criteria need."""
        return cls(
            **{f.name: getattr(firm_policy, f.name) for f in fields(cls) if hasattr(firm_policy, f.name)}
        )

    def cadence(self, grade: str | None) -> int:
        """Days between contacts the client's grade promises; a client without a grade has grade C's."""
        return self.cadence_days.get(grade or DEFAULT_GRADE) or self.cadence_days[DEFAULT_GRADE]

    def longest_gap(self, grade: str | None) -> int:
        """The longest silence still called regular: the cadence and its tolerance."""
        return math.floor(round(self.cadence(grade) * (1 + self.gap_tolerance), 6))

    def window_start(self, today: date) -> date:
        return today - timedelta(days=self.window_days)
