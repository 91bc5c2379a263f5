"""Which of the five relationship types a client has, and what shows it.

The type is read from evidence of a rolling window: the highest type all of whose criteria hold, together with
those of every type below it. Nothing here knows a database: each app fills its part of `Facts` (relationship_facts.py), `assess` judges.

How the definitions are read where the words leave room (the reasons stand beside the code):

* A contact lies in the window when it is at most `window_days` old and not in the future.
* A contact is substantive when at least one of its purposes is something other than greeting or event. A contact
  without any purpose shows no substance, so it counts as a contact but not as a substantive one.
* A contact tied to one matter says nothing about another; a contact tied to no matter speaks for all of them.
* A matter whose check-in period still runs and that has had no check-in counts neither for nor against the
  client: it is judged as if it had not been accepted yet, and shown as pending. Otherwise every new
  instruction would make the relationship fall until somebody calls.
* Progress is judged as of today: what is owed now, not what was late once. So one call can put it right.
* A client with no firm-initiated substantive contact at all has no regular contact, however new it is.
* Only "firm-initiated" where the criterion says so: an update on the law counts whoever started the talk.
* Without any survey answered in the window nobody knows whether the client is satisfied: not met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from itertools import pairwise
from typing import Any
from uuid import UUID

from clients.rules.relationship_facts import (
    DEFAULT_GRADE,
    ContactFact,
    Facts,
    MatterFact,
    RelationshipPolicy,
    SurveyFact,
)

BASIC, PASSIVE, RESPONSIBLE, PROACTIVE, PARTNER = "basic", "passive", "responsible", "proactive", "partner"
TYPES = (BASIC, PASSIVE, RESPONSIBLE, PROACTIVE, PARTNER)
RANK = {code: rank for rank, code in enumerate(TYPES, start=1)}

NOT_SUBSTANTIVE = frozenset({"greeting", "event"})
SHOWN = 6  # a criterion names at most so many contacts as its evidence; its figures hold the full count


# -- the verdict --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with what it was judged by. Figures whose name ends in `_on` are dates."""

    code: str
    type: str
    met: bool
    figures: dict[str, Any]
    evidence: tuple[UUID, ...] = ()  # contacts that show it, newest first
    missing: tuple[UUID, ...] = ()  # matters it fails for
    pending: tuple[UUID, ...] = ()  # matters whose period still runs
    surveys: tuple[UUID, ...] = ()  # surveys that show it, newest first


@dataclass(frozen=True, slots=True)
class Assessment:
    type: str | None  # None: not yet assessed
    insufficient: bool
    criteria: tuple[Criterion, ...]
    next_step: str | None  # code of the criterion to work on; None for a partner

    def criterion(self, code: str) -> Criterion:
        return next(criterion for criterion in self.criteria if criterion.code == code)

    def of_type(self, relationship_type: str) -> tuple[Criterion, ...]:
        return tuple(criterion for criterion in self.criteria if criterion.type == relationship_type)

    @property
    def verdict(self) -> tuple[str | None, str | None, tuple[str, ...]]:
        """What makes two assessments the same although their figures moved on by a day."""
        return self.type, self.next_step, tuple([c.code for c in self.criteria if c.met])

    @property
    def fingerprint(self) -> str:
        """The verdict in 32 characters: a new row is worth storing when it differs from the last one's."""
        return blake2b(repr(self.verdict).encode(), digest_size=16).hexdigest()


def assess(facts: Facts, policy: RelationshipPolicy, today: date) -> Assessment:
    """Judge one client as of `today`."""
    window = _Window(facts, policy, today)
    criteria = tuple([judge(window) for _code, _type, judge in _JUDGES])
    held, next_step = _climb(criteria)
    insufficient = _insufficient(facts, policy, today)
    return Assessment(None if insufficient else held, insufficient, criteria, next_step)


def _climb(criteria: tuple[Criterion, ...]) -> tuple[str, str | None]:
    """The type held, and the first unmet criterion of the next one. Criteria stand in the order of the types."""
    for criterion in criteria:
        if not criterion.met:
            return TYPES[RANK[criterion.type] - 2], criterion.code
    return PARTNER, None


def _insufficient(facts: Facts, policy: RelationshipPolicy, today: date) -> bool:
    """Too little is known to say anything: never take that for a basic relationship."""
    if not facts.ever_contacted:
        return True
    known_since = min(facts.known_since, facts.client_since or facts.known_since)
    is_new = (today - known_since).days < policy.min_known_days
    return is_new and facts.contact_count < policy.min_contacts_if_new


# -- the window's evidence, sorted once ---------------------------------------------------------------------


class _Window:
    """The contacts of the window, newest first, in the piles the criteria ask for."""

    __slots__ = ("contacts", "facts", "firm_by_purpose", "by_purpose", "policy", "start", "today")

    def __init__(self, facts: Facts, policy: RelationshipPolicy, today: date):
        self.facts, self.policy, self.today = facts, policy, today
        self.start = start = policy.window_start(today)
        self.contacts = [contact for contact in facts.contacts if start <= contact.on <= today]
        self.contacts.sort(key=_age, reverse=True)
        self.by_purpose: dict[str, list[ContactFact]] = {}
        self.firm_by_purpose: dict[str, list[ContactFact]] = {}
        for contact in self.contacts:
            for purpose in {*contact.purposes}:
                self.by_purpose.setdefault(purpose, []).append(contact)
                if contact.firm_initiated:
                    self.firm_by_purpose.setdefault(purpose, []).append(contact)

    def with_purpose(self, *purposes: str) -> list[ContactFact]:
        if len(purposes) == 1:
            return self.by_purpose.get(purposes[0], [])
        return [contact for contact in self.contacts if any(p in contact.purposes for p in purposes)]

    def from_firm(self, purpose: str) -> list[ContactFact]:
        return self.firm_by_purpose.get(purpose, [])

    def surveys(self) -> list[SurveyFact]:
        if not self.facts.surveys:
            return []
        inside = [survey for survey in self.facts.surveys if self.start <= survey.answered_on <= self.today]
        return sorted(inside, key=lambda survey: (survey.answered_on, survey.id.int), reverse=True)


def _age(contact: ContactFact) -> tuple[date, int]:
    return contact.on, contact.id.int


def is_substantive(purposes: Iterable[str]) -> bool:
    """Greetings and events are care, not substance; one substantive purpose among several is enough."""
    return not NOT_SUBSTANTIVE.issuperset(purposes)


def is_two_way(*, firm_initiated: bool, answered: bool) -> bool:
    return answered or not firm_initiated


def speaks_for(contact: ContactFact, matter: MatterFact) -> bool:
    """A contact about another matter says nothing about this one."""
    return contact.matter_id is None or contact.matter_id == matter.id


def _ids(contacts: Iterable[ContactFact]) -> tuple[UUID, ...]:
    return tuple([contact.id for contact in contacts][:SHOWN])


def _unique(contacts: Iterable[ContactFact]) -> list[ContactFact]:
    """Each contact once, newest first."""
    return sorted({contact.id: contact for contact in contacts}.values(), key=_age, reverse=True)


def _days_on(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _last_on(contacts: list[ContactFact]) -> date | None:
    return contacts[0].on if contacts else None


def _counted(
    code: str, kind: str, window: _Window, contacts: list[ContactFact], needed: int, **more: Any
) -> Criterion:
    """A criterion that only asks for a number of contacts."""
    figures = {
        "contacts": len(contacts),
        "needed": needed,
        "window_days": window.policy.window_days,
        "last_on": _last_on(contacts),
        **more,
    }
    return Criterion(code, kind, len(contacts) >= needed, figures, _ids(contacts))


# -- passive ------------------------------------------------------------------------------------------------


def _reachable(window: _Window) -> Criterion:
    two_way = [c for c in window.contacts if is_two_way(firm_initiated=c.firm_initiated, answered=c.answered)]
    needed = window.policy.reachable_contacts
    return _counted("reachable", PASSIVE, window, two_way, needed, all_contacts=len(window.contacts))


# -- responsible --------------------------------------------------------------------------------------------


def _early_check_in(window: _Window) -> Criterion:
    checks = window.from_firm("expectation_check")
    fulfilled, missing, pending = _matters_by_check_in(window, checks)
    judged = len(fulfilled) + len(missing)
    if judged:
        met, evidence = not missing, _unique(check for found in fulfilled for check in found)
    else:  # no matter to judge by: one such contact in the window is enough
        met, evidence = bool(checks), checks
    days, window_days = window.policy.check_in_days, window.policy.window_days
    figures = {
        "matters": judged,
        "checked": len(fulfilled),
        "pending": len(pending),
        "contacts": len(checks),
        "days": days,
        "window_days": window_days,
        "next_due_on": min((_days_on(m.accepted_on, days) for m in pending), default=None),
        "recovers_on": max((_days_on(m.accepted_on, window_days + 1) for m in missing), default=None),
        "last_on": _last_on(checks),
    }
    missing_ids, pending_ids = tuple([m.id for m in missing]), tuple([m.id for m in pending])
    return Criterion("early_check_in", RESPONSIBLE, met, figures, _ids(evidence), missing_ids, pending_ids)


def _matters_by_check_in(
    window: _Window, checks: list[ContactFact]
) -> tuple[list[list[ContactFact]], list[MatterFact], list[MatterFact]]:
    """Of the matters accepted in the window: the checks of those checked in time, the missed, the running."""
    fulfilled, missing, pending = [], [], []
    for matter in window.facts.matters:
        if not window.start <= matter.accepted_on <= window.today:
            continue
        due_on = _days_on(matter.accepted_on, window.policy.check_in_days)
        found = [c for c in checks if matter.accepted_on <= c.on <= due_on and speaks_for(c, matter)]
        if found:
            fulfilled.append(found)
        else:
            (missing if due_on < window.today else pending).append(matter)
    return fulfilled, missing, pending


def _progress_reported(window: _Window) -> Criterion:
    reports = window.from_firm("progress_report")
    days = window.policy.progress_days
    owed: list[UUID] = []
    told: list[date] = []
    evidence: list[ContactFact] = []
    for matter in window.facts.matters:
        if not is_open(matter, window.today):
            continue
        told_on = matter.accepted_on
        report = next((report for report in reports if speaks_for(report, matter)), None)
        if report is not None and report.on >= told_on:
            told_on = report.on
            evidence.append(report)
        told.append(told_on)
        if (window.today - told_on).days > days:
            owed.append(matter.id)
    oldest = min(told, default=None)
    figures = {
        "open_matters": len(told),
        "owed": len(owed),
        "longest_days": (window.today - oldest).days if oldest else 0,
        "days": days,
        "next_due_on": _days_on(oldest, days) if oldest else None,
        "last_on": _last_on(reports),
    }
    return Criterion(
        "progress_reported", RESPONSIBLE, not owed, figures, _ids(_unique(evidence)), tuple(owed)
    )


def is_open(matter: MatterFact, today: date) -> bool:
    return matter.accepted_on <= today and (matter.closed_on is None or matter.closed_on > today)


def _feedback_sought(window: _Window) -> Criterion:
    asked = window.from_firm("feedback_sought")
    surveys = window.surveys()
    figures = {
        "contacts": len(asked),
        "surveys": len(surveys),
        "needed": window.policy.feedback_contacts,
        "window_days": window.policy.window_days,
        "last_on": max(
            [*(contact.on for contact in asked[:1]), *(s.answered_on for s in surveys[:1])], default=None
        ),
    }
    met = bool(surveys) or len(asked) >= window.policy.feedback_contacts
    return Criterion(
        "feedback_sought",
        RESPONSIBLE,
        met,
        figures,
        _ids(asked),
        surveys=tuple([s.id for s in surveys][:SHOWN]),
    )


# -- proactive ----------------------------------------------------------------------------------------------


def _regular_contact(window: _Window) -> Criterion:
    """The longest silence on the firm's side, counting the one that still runs."""
    policy, grade = window.policy, window.facts.grade
    limit = policy.longest_gap(grade)
    start = min(max(window.start, window.facts.client_since or window.start), window.today)
    contacts = [
        c for c in window.contacts if c.firm_initiated and c.on >= start and is_substantive(c.purposes)
    ]
    days = [window.today, *(contact.on for contact in contacts), start]  # newest first
    gap, from_on, to_on = max(((to - since).days, since, to) for to, since in pairwise(days))
    last_broken = next((to for to, since in pairwise(days) if (to - since).days > limit), None)
    figures = {
        "contacts": len(contacts),
        "gap_days": gap,
        "from_on": from_on,
        "to_on": to_on,
        "limit_days": limit,
        "cadence_days": policy.cadence(grade),
        "grade": grade or DEFAULT_GRADE,
        "graded": bool(grade),
        "last_on": _last_on(contacts),
        "recovers_on": _days_on(last_broken, policy.window_days - limit) if last_broken else None,
    }
    evidence = (
        contacts if gap <= limit else [contact for contact in contacts if contact.on in (from_on, to_on)]
    )
    return Criterion("regular_contact", PROACTIVE, bool(contacts) and gap <= limit, figures, _ids(evidence))


def _informed(window: _Window) -> Criterion:
    updates, needed = window.with_purpose("legal_update"), window.policy.informed_contacts
    return _counted("informed", PROACTIVE, window, updates, needed)


def _needs_reviewed(window: _Window) -> Criterion:
    days = window.policy.needs_review_days
    reviews = window.with_purpose("needs_review")
    recent = [contact for contact in reviews if (window.today - contact.on).days <= days]
    figures = {"contacts": len(recent), "days": days, "last_on": _last_on(reviews)}
    return Criterion("needs_reviewed", PROACTIVE, bool(recent), figures, _ids(recent))


# -- partner ------------------------------------------------------------------------------------------------


def _long_term(window: _Window) -> Criterion:
    facts, policy, today = window.facts, window.policy, window.today
    matters = sum(1 for matter in facts.matters if matter.accepted_on <= today)
    long_enough_on = years_after(facts.client_since, policy.long_term_years) if facts.client_since else None
    met = matters >= policy.long_term_matters or (long_enough_on is not None and long_enough_on <= today)
    figures = {
        "since_on": facts.client_since,
        "reached_on": long_enough_on,
        "needed_years": policy.long_term_years,
        "matters": matters,
        "needed_matters": policy.long_term_matters,
    }
    return Criterion("long_term", PARTNER, met, figures)


def years_after(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _two_way(window: _Window) -> Criterion:
    policy = window.policy
    by_firm = [contact for contact in window.contacts if contact.firm_initiated]
    by_client = [contact for contact in window.contacts if not contact.firm_initiated]
    total, fewer = len(window.contacts), min(len(by_firm), len(by_client))
    met = total >= policy.two_way_contacts and fewer + 1e-9 >= policy.two_way_share * total
    figures = {
        "contacts": total,
        "by_firm": len(by_firm),
        "by_client": len(by_client),
        "needed": policy.two_way_contacts,
        "window_days": policy.window_days,
        "share_percent": round(policy.two_way_share * 100),
    }
    return Criterion(
        "two_way", PARTNER, met, figures, _ids(by_firm[: SHOWN // 2]) + _ids(by_client[: SHOWN // 2])
    )


def _risk_and_cost_work(window: _Window) -> Criterion:
    risk, cost = window.with_purpose("risk_prevention"), window.with_purpose("cost_planning")
    either = window.with_purpose("risk_prevention", "cost_planning") if risk and cost else risk or cost
    needed = window.policy.risk_cost_contacts
    return _counted("risk_and_cost_work", PARTNER, window, either, needed, risk=len(risk), cost=len(cost))


def _satisfied(window: _Window) -> Criterion:
    """Judged by the latest survey alone: an older, better answer does not outweigh a worse new one."""
    policy, complaints = window.policy, window.facts.open_complaints
    latest = next(iter(window.surveys()), None)
    score = None if latest is None or latest.score is None else float(latest.score)
    nps = None if latest is None else latest.nps
    pleased = (score is not None and score >= policy.satisfied_score) or (
        nps is not None and nps >= policy.satisfied_nps
    )
    figures = {
        "score": score,
        "nps": nps,
        "answered_on": latest.answered_on if latest else None,
        "open_complaints": complaints,
        "needed_score": policy.satisfied_score,
        "needed_nps": policy.satisfied_nps,
    }
    return Criterion(
        "satisfied", PARTNER, pleased and not complaints, figures, surveys=(latest.id,) if latest else ()
    )


_JUDGES: tuple[tuple[str, str, Callable[[_Window], Criterion]], ...] = (
    ("reachable", PASSIVE, _reachable),
    ("early_check_in", RESPONSIBLE, _early_check_in),
    ("progress_reported", RESPONSIBLE, _progress_reported),
    ("feedback_sought", RESPONSIBLE, _feedback_sought),
    ("regular_contact", PROACTIVE, _regular_contact),
    ("informed", PROACTIVE, _informed),
    ("needs_reviewed", PROACTIVE, _needs_reviewed),
    ("long_term", PARTNER, _long_term),
    ("two_way", PARTNER, _two_way),
    ("risk_and_cost_work", PARTNER, _risk_and_cost_work),
    ("satisfied", PARTNER, _satisfied),
)
CRITERIA = {code: kind for code, kind, _judge in _JUDGES}  # criterion -> the type it belongs to, in order


# -- changes from one assessment to the next ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    kind: str  # first, same, rise, fall, unclear (evidence ran out)
    before: str | None
    after: str | None
    lost: tuple[str, ...]  # criteria met before and not now
    gained: tuple[str, ...]


def compare(before: Assessment | None, after: Assessment) -> Change:
    """What an alert says: did the type fall or rise, and which criteria account for it."""
    old_type = before.type if before else None
    had = {c.code for c in before.criteria if c.met} if before else set()
    has = {c.code for c in after.criteria if c.met}
    return Change(
        _direction(old_type, after.type),
        old_type,
        after.type,
        lost=tuple(code for code in CRITERIA if code in had - has),
        gained=tuple(code for code in CRITERIA if code in has - had),
    )


def _direction(before: str | None, after: str | None) -> str:
    if before == after:
        return "same"
    if before is None:
        return "first"
    if after is None:
        return "unclear"
    return "rise" if RANK[after] > RANK[before] else "fall"
