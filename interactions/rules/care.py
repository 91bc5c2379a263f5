"""Care plans: what falls due when, for whom, and who is left alone (follow-ups, care and events, docs/care.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from interactions.enums import CareKind
from interactions.rules.festivals import FESTIVALS, keeps

DATED = (CareKind.VISIT, CareKind.TRAINING, CareKind.LEGAL_CHECK_UP, CareKind.INFORMATION)
TO_ALL = (CareKind.FESTIVAL,)  # goes to each decision maker; what is dated goes to one


@dataclass(frozen=True, slots=True)
class Due:
    """An occasion on its day. `key` is the same for all who are cared for on it, whoever prepares it."""

    kind: str
    key: str
    on: date
    festival: str = ""


class Step(Protocol):
    kind: str
    festivals: Sequence[str]
    first_month: int
    every_months: int
    month_day: int
    lead_days: int


def dues_between(step: Step, first: date, last: date) -> list[Due]:
    """The occasions of a step within these days, birthdays aside: those are each client's own."""
    if step.kind == CareKind.FESTIVAL:
        found = [
            Due(step.kind, festival_key(code, day), day, code)
            for code in step.festivals
            if code in FESTIVALS
            for day in FESTIVALS[code].days_between(first, last)
        ]
    elif step.kind in DATED:
        found = [Due(step.kind, f"{step.kind}:{day:%Y-%m}", day) for day in _dated(step, first, last)]
    else:
        found = []
    return sorted(found, key=lambda due: (due.on, due.key))


def _dated(step: Step, first: date, last: date) -> Iterator[date]:
    for year in range(first.year, last.year + 1):
        for month in range(step.first_month, 13, step.every_months):
            day = date(year, month, step.month_day)
            if first <= day <= last:
                yield day


def birthday_key(on: date) -> str:
    return f"birthday:{on.year}"


def festival_key(code: str, on: date) -> str:
    return f"festival:{code}:{on.year}"


def prepared_window(step: Step, today: date) -> tuple[date, date]:
    """The days whose care is prepared today: those of the lead, today's own too, if a night was missed."""
    return today, today + timedelta(days=step.lead_days)


# -- who is left alone --------------------------------------------------------------------------------------------


class Consenting(Protocol):
    consent_basis: str
    consent_on: date | None
    consent_until: date | None
    consent_withdrawn_on: date | None


def may_be_cared_for(client: Consenting, on: date) -> bool:
    """Not where consent was withdrawn; where the firm relies on consent, only while there is one."""
    if client.consent_withdrawn_on and client.consent_withdrawn_on <= on:
        return False
    if client.consent_basis != "consent":
        return True
    begun = client.consent_on is not None and client.consent_on <= on
    return begun and not (client.consent_until and client.consent_until < on)


# -- to whom ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person at a client."""

    id: object
    language: str  # the one they are written to in
    decides: bool = False
    left_alone: bool = False


def addressees(due: Due, people: Sequence[Addressee], *, is_individual: bool) -> list[Addressee | None]:
    """Those who are written to; None stands for the client itself.

    An individual is greeted in person. At an organisation festivals go to each decision maker, else to the person
    on record the longest; what is dated goes to one of them. Where all want to be left alone nobody is written to;
    where nobody is on record the organisation is.
    """
    if is_individual or not people:
        return [None]
    willing = [person for person in people if not person.left_alone]
    chosen = [person for person in willing if person.decides] or willing[:1]
    return chosen if due.kind in TO_ALL else chosen[:1]


def is_kept_by(due: Due, language: str, *, chosen_by_hand: bool) -> bool:
    """Whether the festival is theirs. In a client's own plan somebody who knows them has chosen it."""
    return chosen_by_hand or not due.festival or keeps(FESTIVALS[due.festival], language)
