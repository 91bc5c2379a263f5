"""Whether a survey link may still be answered."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InvitationState:
    expires_at: datetime
    revoked: bool
    answered: bool


def closed_because(invitation: InvitationState, now: datetime) -> str | None:
    """Why the link no longer takes an answer (a code), or None while it does."""
    if invitation.answered:
        return "answered"
    if invitation.revoked:
        return "revoked"
    return "expired" if now >= invitation.expires_at else None
