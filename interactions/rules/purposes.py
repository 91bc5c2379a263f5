"""What a contact is for, and which of the four kinds of communication that is."""

from __future__ import annotations

from collections.abc import Iterable

from interactions.enums import Purpose, PurposeKind

KIND_OF = {
    Purpose.FIRST_CONSULTATION: PurposeKind.INFORMATION,
    Purpose.PROGRESS_REPORT: PurposeKind.INFORMATION,
    Purpose.BILLING: PurposeKind.INFORMATION,
    Purpose.OTHER: PurposeKind.INFORMATION,
    Purpose.GREETING: PurposeKind.FEELING,
    Purpose.EVENT: PurposeKind.FEELING,
    Purpose.EXPECTATION_CHECK: PurposeKind.OPINION,
    Purpose.FEEDBACK_SOUGHT: PurposeKind.OPINION,
    Purpose.NEEDS_REVIEW: PurposeKind.OPINION,
    Purpose.COMPLAINT: PurposeKind.OPINION,
    Purpose.LEGAL_UPDATE: PurposeKind.POLICY,
    Purpose.RISK_PREVENTION: PurposeKind.POLICY,
    Purpose.COST_PLANNING: PurposeKind.POLICY,
}


def kinds_of(purposes: Iterable[str]) -> tuple[PurposeKind, ...]:
    """The kinds a contact touches, each once, in their own order."""
    found = {KIND_OF[Purpose(purpose)] for purpose in purposes}
    return tuple(kind for kind in PurposeKind if kind in found)


def purposes_of(kind: PurposeKind) -> tuple[Purpose, ...]:
    return tuple(purpose for purpose in Purpose if KIND_OF[purpose] == kind)


def is_complaint(purposes: Iterable[str]) -> bool:
    return Purpose.COMPLAINT in purposes
