"""The one action that would improve a relationship: what, how and by when, ready to be scheduled.

`assess` names the criterion to work on; this turns it into a follow-up. The words stand in
clients/presenters/relationship.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from clients.rules.relationship import Assessment, Criterion

CONTACT, SURVEY = "contact", "survey"


@dataclass(frozen=True, slots=True)
class NextStep:
    code: str  # the criterion it serves
    variant: str  # which wording fits: the plain one ("") or a special case
    means: str  # a contact to log, or a survey to send
    purpose: str
    channel: str
    due_on: date
    matters: tuple[UUID, ...] = ()  # the matters it is about, most pressing first


def suggest(assessment: Assessment, today: date) -> NextStep | None:
    """The next step of an assessment; None for a partner, where nothing is left to reach."""
    if assessment.next_step is None:
        return None
    criterion = assessment.criterion(assessment.next_step)
    special = _SPECIAL.get(criterion.code)
    return special(criterion, assessment, today) if special else _plain(criterion, today)


# criterion -> purpose, channel, days until due
_PLAIN = {
    "reachable": ("expectation_check", "phone", 3),
    "early_check_in": ("expectation_check", "phone", 3),
    "progress_reported": ("progress_report", "phone", 1),
    "feedback_sought": ("feedback_sought", "phone", 7),
    "regular_contact": ("legal_update", "phone", 3),
    "informed": ("legal_update", "email", 14),
    "needs_reviewed": ("needs_review", "face_to_face", 14),
    "long_term": ("needs_review", "face_to_face", 30),
    "two_way": ("needs_review", "face_to_face", 14),
    "risk_and_cost_work": ("risk_prevention", "face_to_face", 14),
    "satisfied": ("feedback_sought", "phone", 7),
}


def _plain(
    criterion: Criterion,
    today: date,
    *,
    variant: str = "",
    means: str = CONTACT,
    purpose: str | None = None,
    channel: str | None = None,
    due_on: date | None = None,
) -> NextStep:
    usual_purpose, usual_channel, days = _PLAIN[criterion.code]
    return NextStep(
        code=criterion.code,
        variant=variant,
        means=means,
        purpose=purpose or usual_purpose,
        channel=channel or usual_channel,
        due_on=max(due_on or today + timedelta(days=days), today),
        matters=criterion.missing + criterion.pending,
    )


def _early_check_in(criterion: Criterion, _assessment: Assessment, today: date) -> NextStep:
    """Before the period of a running matter ends; a missed one cannot be made good, but better late than never."""
    deadline = criterion.figures["next_due_on"]
    usual = today + timedelta(days=_PLAIN["early_check_in"][2])
    variant = "late" if criterion.missing else ""
    return _plain(criterion, today, variant=variant, due_on=min(deadline or usual, usual))


def _regular_contact(criterion: Criterion, assessment: Assessment, today: date) -> NextStep:
    """When the cadence falls due, within a week; about whatever else is still missing."""
    last_on = criterion.figures["last_on"]
    usual = today + timedelta(days=_PLAIN["regular_contact"][2])
    by_cadence = last_on + timedelta(days=criterion.figures["cadence_days"]) if last_on else usual
    due_on = min(max(by_cadence, today + timedelta(days=1)), today + timedelta(days=7))
    informed, reviewed = assessment.criterion("informed").met, assessment.criterion("needs_reviewed").met
    purpose = "needs_review" if informed and not reviewed else "legal_update"
    return _plain(criterion, today, purpose=purpose, due_on=due_on)


def _long_term(criterion: Criterion, _assessment: Assessment, today: date) -> NextStep:
    """Time does it alone; until then the next instruction is what can be worked for."""
    reached_on = criterion.figures["reached_on"]
    usual = today + timedelta(days=_PLAIN["long_term"][2])
    return _plain(criterion, today, due_on=min(reached_on or usual, usual))


def _two_way(criterion: Criterion, _assessment: Assessment, today: date) -> NextStep:
    if criterion.figures["by_firm"] < criterion.figures["by_client"]:
        return _plain(criterion, today, variant="firm_silent", purpose="legal_update", channel="phone")
    return _plain(criterion, today, variant="client_silent")


def _risk_and_cost_work(criterion: Criterion, _assessment: Assessment, today: date) -> NextStep:
    if criterion.figures["cost"] < criterion.figures["risk"]:
        return _plain(criterion, today, variant="cost", purpose="cost_planning")
    return _plain(criterion, today, variant="risk")


def _satisfied(criterion: Criterion, _assessment: Assessment, today: date) -> NextStep:
    if criterion.figures["open_complaints"]:
        tomorrow = today + timedelta(days=1)
        return _plain(criterion, today, variant="complaint", purpose="complaint", due_on=tomorrow)
    if criterion.figures["answered_on"] is None:
        return _plain(criterion, today, variant="survey", means=SURVEY, channel="email")
    return _plain(criterion, today, variant="low_score", channel="face_to_face")


_SPECIAL = {
    "early_check_in": _early_check_in,
    "regular_contact": _regular_contact,
    "long_term": _long_term,
    "two_way": _two_way,
    "risk_and_cost_work": _risk_and_cost_work,
    "satisfied": _satisfied,
}
