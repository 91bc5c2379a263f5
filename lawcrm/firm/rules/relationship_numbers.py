"""The numbers of the relationship criteria a firm may set, with their defaults (docs/users.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CADENCE = MappingProxyType({"A": 14, "B": 30, "C": 90, "D": 60})


@dataclass(frozen=True, slots=True)
class RelationshipNumbers:
    """Days unless a name says otherwise. Part of the firm's policy, and of what the criteria are judged by."""

    window_days: int = 365
    check_in_days: int = 30
    progress_days: int = 30
    gap_tolerance: float = 0.5
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
    cadence_days: Mapping[str, int] = field(default_factory=lambda: CADENCE)  # by grade
