"""Whether something of a client may be told to a third party (information principles, docs/profiles.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Refusal(StrEnum):
    NONE_RECORDED = "none_recorded"
    WITHDRAWN = "withdrawn"
    NOT_YET = "not_yet"
    ENDED = "ended"
    NOT_COVERED = "not_covered"


class Consent(Protocol):
    consent_on: date | None
    consent_until: date | None
    consent_withdrawn_on: date | None
    consent_disclosure: bool
    consent_note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    refusal: Refusal | None = None
    basis: str = ""  # what is written beside the disclosure


def consent_to_disclose(consent: Consent, on: date) -> Verdict:
    """The consent must have been recorded, hold on that day, and cover disclosure."""
    if consent.consent_on is None:
        return Verdict(Refusal.NONE_RECORDED)
    if consent.consent_withdrawn_on and consent.consent_withdrawn_on <= on:
        return Verdict(Refusal.WITHDRAWN)
    if consent.consent_on > on:
        return Verdict(Refusal.NOT_YET)
    if consent.consent_until and consent.consent_until < on:
        return Verdict(Refusal.ENDED)
    if not consent.consent_disclosure:
        return Verdict(Refusal.NOT_COVERED)
    note = f": {consent.consent_note}" if consent.consent_note else ""
    return Verdict(basis=f"{consent.consent_on.isoformat()}{note}"[:300])
