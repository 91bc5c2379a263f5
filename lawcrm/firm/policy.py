"""The firm's policy: every threshold, cadence and limit a firm may set for itself, with its default.

Code holds the defaults; `PolicyVersion` rows hold what a firm changed. The newest version holds.
"""

from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from lawcrm.firm.models import PolicyVersion
from lawcrm.firm.reading import read_once


@dataclass(frozen=True)
class FirmPolicy:
    """Days unless a name says otherwise. Sources: the five relationship types and the grades (docs/users.md)."""

    # Relationship assessment
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
    # Service standard by grade
    cadence_days: MappingProxyType = field(
        default_factory=lambda: MappingProxyType({"A": 14, "B": 30, "C": 90, "D": 60})
    )
    escalate_overdue_days: MappingProxyType = field(
        default_factory=lambda: MappingProxyType({"A": 1, "B": 3, "C": 7, "D": 7})
    )
    # Upkeep, surveys, sessions
    verify_days: int = 180
    survey_link_days: int = 30
    session_idle_minutes: int = 30
    session_hours: int = 8
    import_max_rows: int = 100_000

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> "FirmPolicy":
        """A policy from stored JSON; names that no longer exist are left out, missing ones take the default."""
        known = {f.name for f in fields(cls)}
        kept = {
            name: MappingProxyType(value) if isinstance(value, dict) else value
            for name, value in values.items()
            if name in known
        }
        return cls(**kept)

    def to_values(self) -> dict[str, Any]:
        """This policy as JSON-able values."""
        return {
            f.name: dict(value) if isinstance(value := getattr(self, f.name), MappingProxyType) else value
            for f in fields(self)
        }


def current_policy() -> FirmPolicy:
    """The policy that holds now; one for the whole of a request."""
    return read_once("policy", _stored_policy)


def _stored_policy() -> FirmPolicy:
    values = PolicyVersion.objects.values_list("values", flat=True).first()
    return FirmPolicy.from_values(values) if values else FirmPolicy()
