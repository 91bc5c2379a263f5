"""The firm's policy: every threshold, cadence and limit a firm may set for itself, with its default.

Code holds the defaults; `PolicyVersion` rows hold what a firm changed. The newest version holds.
"""

from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from lawcrm.firm.models import PolicyVersion
from lawcrm.firm.reading import read_once
from lawcrm.firm.rules.relationship_numbers import RelationshipNumbers


def _held(values: dict):
    """The default of a value by key: nobody can change it in place."""
    return field(default_factory=lambda: MappingProxyType(dict(values)))


@dataclass(frozen=True)
class FirmPolicy(RelationshipNumbers):
    """Days unless a name says otherwise. Sources: the five relationship types and the grades (docs/users.md)."""

    # Service standard by grade
    escalate_overdue_days: MappingProxyType = _held({"A": 1, "B": 3, "C": 7, "D": 7})
    answer_hours: MappingProxyType = _held({"A": 4, "B": 8, "C": 8, "D": 8})  # working hours
    responsible_level: MappingProxyType = _held(
        {"A": "partner", "B": "manager", "C": "associate", "D": "associate"}
    )
    care: MappingProxyType = _held(
        {
            "A": ("strategy_meeting", "events", "own_training", "legal_check_up", "greetings"),
            "B": ("half_year_review", "events", "greetings"),
            "C": ("legal_news", "greetings"),
            "D": ("growth_plan", "legal_news"),
        }
    )
    # Score and grades: weights are shares of their sum; what counts in full gives all points of its part
    score_weights: MappingProxyType = _held({"volume": 50, "contribution": 30, "years": 20})
    contribution_weights: MappingProxyType = _held({"referrals": 40, "realisation": 30, "standing": 30})
    fees_months: int = 24
    full_fees: int = 500_000
    full_referrals: int = 3
    full_years: int = 10
    grade_cutoffs: MappingProxyType = _held({"A": 70, "B": 45, "C": 20})  # below C's it is D
    grades_follow_score: bool = False
    grade_follow_up_days: int = 30
    # Working calendar (lawcrm/firm/working_calendar.py); own days: {"2026-12-31": {"days": "closed", "name": "..."}}
    working_calendar: str = "by_zone"
    own_days: MappingProxyType = _held({})
    # Morning mails on days off too (lawcrm/firm/rules/telling.py)
    digest_on_days_off: bool = False
    # What raises follow-ups by itself, as far as it differs from interactions/rules/triggers.py: {"birthday": {"on": ...}}
    triggers: MappingProxyType = _held({})
    # How long what is kept: days by class of data, 0 for ever; a class left out has its own default
    retention_days: MappingProxyType = _held({})
    matter_keep_years: int = 10
    # Mail into the log: "subject" | "text" | "sealed" (interactions/actions/mail.py)
    mail_in_keeps: str = "subject"
    # Upkeep, surveys, sessions
    verify_days: int = 180
    verify_tasks_at_once: int = 5
    # Completeness of a profile: how much each part of it counts
    completeness_reach: int = 25
    completeness_identity: int = 15
    completeness_background: int = 15
    completeness_people: int = 15
    completeness_service: int = 15
    completeness_principles: int = 15
    # A key client that hangs on one person
    hanging_share: float = 0.8
    hanging_contacts: int = 6
    survey_link_days: int = 30
    session_idle_minutes: int = 30
    session_hours: int = 8
    import_max_rows: int = 100_000

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> "FirmPolicy":
        """A policy from stored JSON; names that no longer exist are left out, missing ones take the default."""
        known = {f.name for f in fields(cls)}
        kept = {name: frozen(value) for name, value in values.items() if name in known}
        return cls(**kept)

    def to_values(self) -> dict[str, Any]:
        """This policy as JSON-able values."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}


def frozen(value):
    """JSON as a policy holds it: nothing in it can be changed in place."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(one) for key, one in value.items()})
    return tuple(value) if isinstance(value, list) else value


def _plain(value):
    if isinstance(value, MappingProxyType):
        return {key: _plain(one) for key, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


def current_policy() -> FirmPolicy:
    """The policy that holds now; one for the whole of a request."""
    return read_once("policy", _stored_policy)


def _stored_policy() -> FirmPolicy:
    values = PolicyVersion.objects.values_list("values", flat=True).first()
    return FirmPolicy.from_values(values) if values else FirmPolicy()
