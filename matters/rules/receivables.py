"""Money owed: where an invoice stands, and on which rung of the ladder it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Days overdue at which the next step is taken (the trigger "receivable overdue").
LADDER = (0, 7, 15, 30)


@dataclass(frozen=True, slots=True)
class Due:
    """`code`: paid, void, open or overdue. `rung` is the step of the ladder reached, -1 below it."""

    code: str
    days: int
    rung: int
    left: Decimal


def due(amount: Decimal, received: Decimal, due_on: date, today: date, *, void: bool = False) -> Due:
    left = max(amount - received, Decimal(0))
    if void:
        return Due("void", 0, -1, Decimal(0))
    if not left:
        return Due("paid", 0, -1, left)
    days = (today - due_on).days
    if days <= 0:
        return Due("open", days, -1, left)
    return Due(
        "overdue",
        days,
        max(step for step, from_day in enumerate(LADDER) if days >= from_day),
        left,
    )


def invoice_problem(amount: Decimal, received: Decimal, issued_on: date, due_on: date) -> str | None:
    """Why no invoice can be like this (a code), or None when one can."""
    if amount <= 0:
        return "nothing_asked"
    if received > amount:
        return "received_too_much"
    return "due_before_issue" if due_on < issued_on else None


def receipt_problem(amount: Decimal, left: Decimal, on: date, today: date) -> str | None:
    """Why this cannot have been received (a code), or None when it can."""
    if amount <= 0:
        return "nothing_received"
    if amount > left:
        return "more_than_owed"
    return "received_in_future" if on > today else None
