"""Judging relationships: gather the facts, judge, store what changed; a partner's own judgement beside it.

`Client.relationship_type` is the type that counts: an override's while it holds, else the assessed one. Lists,
counts and dashboards go by it; the assessed type stays visible beside it (RelationshipAssessment).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from clients.facts import gather
from clients.models import RelationshipAssessment
from clients.queries.relationship import (
    UNJUDGED,
    Profile,
    Standing,
    judged_as_before,
    profiles_of,
    standings_of,
    write_standings,
)
from clients.rules.lists import quiet_from
from clients.rules.relationship import RANK, Assessment, assess, compare
from clients.rules.relationship_facts import Facts, RelationshipPolicy
from clients.rules.relationship_stored import from_json, to_json
from lawcrm.firm import clock
from lawcrm.firm.actions.notify import Message, notify_many
from lawcrm.firm.policy import current_policy
from lawcrm.firm.queries.bulk import insert_many
from lawcrm.firm.queries.people import people_by_id

CHUNK = 5_000
_waiting: ContextVar[set[UUID] | None] = ContextVar("clients whose judgement waits", default=None)


@dataclass(frozen=True, slots=True)
class Judged:
    """One client's judgement, with what the lists show beside it."""

    profile: Profile
    facts: Facts
    assessment: Assessment
    last_contact_at: datetime | None
    quiet_from: date

    @property
    def rank(self) -> int | None:
        """The assessed type as a number; None where evidence is insufficient."""
        return RANK[self.assessment.type] if self.assessment.type else None


def assess_clients(
    client_ids: Iterable[UUID], *, by=None, today: date | None = None, alert: bool = True
) -> int:
    """Judges the clients anew. Returns how many were judged differently than before.

    A row is stored where the verdict differs. Where only figures moved on, a single client's row (something of
    theirs has just changed) is brought up to date, and the rows of a nightly run are left alone. `alert=False`
    where a fall says nothing of the clients: the firm changed its own thresholds.
    """
    ids = list(client_ids)
    waiting = _waiting.get()
    if waiting is not None and today is None:
        waiting.update(ids)
        return 0
    today = today or clock.today()
    policy = RelationshipPolicy.of(current_policy())
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return sum(_assess_chunk(chunk, policy, today, alert) for chunk in chunks)


@contextmanager
def deferred_assessments() -> Iterator[None]:
    """Clients touched many times inside are judged once, at the end: for imports and other work on many.

    A judgement for a stated day is made at once. Whatever fails inside leaves nobody judged.
    """
    if _waiting.get() is not None:
        yield  # whoever deferred first judges them all
        return
    token = _waiting.set(touched := set())
    try:
        yield
    finally:
        _waiting.reset(token)
    assess_clients(sorted(touched))


@transaction.atomic(savepoint=False)
def _assess_chunk(client_ids: list[UUID], policy: RelationshipPolicy, today: date, alert: bool) -> int:
    judged = judge(profiles_of(client_ids, lock=True), policy, today)
    before = standings_of(client_ids, today)
    changed = [
        one
        for one in judged
        if before.get(one.profile.id, UNJUDGED).fingerprint != one.assessment.fingerprint
    ]
    rows = _store(changed, before, today)
    if len(judged) == 1 and not changed:
        _bring_up_to_date(judged[0], today)
    if alert:
        _tell_of_falls(changed, rows, before)
    write_standings([standing for one in judged if (standing := _moved(one, before.get(one.profile.id)))])
    return len(changed)


def forget_moves(client_ids: Iterable[UUID], *, since: datetime) -> None:
    """What came with an import and went with it was no move: who is judged as before `since` again was always so."""
    back = judged_as_before(list(client_ids), since)
    if back:
        rows = RelationshipAssessment.objects.filter(client_id__in=list(back.values()))
        rows.filter(created_at__gte=since).delete()
        rows.filter(pk__in=list(back)).update(current=True)


def judgement_of(client_id: UUID, today: date | None = None) -> Judged:
    """The judgement of one client as of now, with today's figures; nothing is written."""
    policy = RelationshipPolicy.of(current_policy())
    (one,) = judge(profiles_of([client_id]), policy, today or clock.today())
    return one


def judge(profiles: list[Profile], policy: RelationshipPolicy, today: date) -> list[Judged]:
    """The judgement of each client under a policy; nothing is written."""
    gathered = gather([profile.id for profile in profiles], since=policy.window_start(today), today=today)
    return [_judge(profile, gathered[profile.id], policy, today) for profile in profiles]


def judge_under(
    policies: list[RelationshipPolicy], client_ids: list[UUID], today: date
) -> Iterator[tuple[Assessment, ...]]:
    """For each client the judgement under each policy, from one reading of the facts."""
    profiles = profiles_of(client_ids)
    since = min(policy.window_start(today) for policy in policies)
    gathered = gather([profile.id for profile in profiles], since=since, today=today)
    for profile in profiles:
        judged = _judge(profile, gathered[profile.id], policies[0], today)
        others = (assess(judged.facts, policy, today) for policy in policies[1:])
        yield judged.assessment, *others


def _judge(profile: Profile, gathered: dict, policy: RelationshipPolicy, today: date) -> Judged:
    last_contact_at = gathered.pop("last_contact_at", None)
    heard_on = gathered.pop("last_substantive_on", None)
    facts = Facts(
        client_since=profile.client_since,
        known_since=profile.known_since,
        grade=profile.grade or None,
        **gathered,
    )
    quiet = quiet_from(heard_on, profile.known_since, facts.grade, policy)
    return Judged(profile, facts, assess(facts, policy, today), last_contact_at, quiet)


def _moved(one: Judged, before: Standing | None) -> tuple | None:
    """What lists must show from now on; None where they show it already."""
    override = before.override if before else None
    now = (override or one.rank, one.last_contact_at, one.quiet_from)
    profile = one.profile
    shown = (profile.relationship_type, profile.last_contact_at, profile.quiet_from)
    return None if now == shown else (profile.id, *now)


def _store(changed: list[Judged], before: dict[UUID, Standing], today: date) -> list[RelationshipAssessment]:
    replaced = [pk for one in changed if (pk := before.get(one.profile.id, UNJUDGED).assessment_id)]
    if replaced:
        RelationshipAssessment.objects.filter(pk__in=replaced).update(current=False)
    return insert_many([_row(one, before.get(one.profile.id, UNJUDGED), today) for one in changed])


def _bring_up_to_date(one: Judged, today: date) -> None:
    current = RelationshipAssessment.objects.current().filter(client_id=one.profile.id)
    current.update(criteria=to_json(one.assessment), assessed_on=today)


def _row(one: Judged, before: Standing, today: date) -> RelationshipAssessment:
    return RelationshipAssessment(
        client_id=one.profile.id,
        type=one.rank,
        previous_type=before.type,
        insufficient=one.assessment.insufficient,
        criteria=to_json(one.assessment),
        next_step=one.assessment.next_step or "",
        fingerprint=one.assessment.fingerprint,
        assessed_on=today,
    )


def _tell_of_falls(
    changed: list[Judged], rows: list[RelationshipAssessment], before: dict[UUID, Standing]
) -> None:
    """A fall is told to the responsible lawyer and the supervising partner."""
    falls = [
        (one, row)
        for one, row in zip(changed, rows, strict=True)
        if row.type and row.previous_type and row.type < row.previous_type
    ]
    if not falls:
        return
    lawyers = people_by_id({one.profile.responsible_id for one, _row in falls})
    earlier = RelationshipAssessment.objects.in_bulk(
        [before[one.profile.id].assessment_id for one, _ in falls]
    )
    notify_many(
        Message(
            to=_responsible_and_supervisor(lawyers[one.profile.responsible_id]),
            event="relationship.fell",
            key=f"relationship.fell:{row.pk}",
            obj=row,
            context={"lost": _lost(earlier[before[one.profile.id].assessment_id], one.assessment)},
        )
        for one, row in falls
    )


def _responsible_and_supervisor(lawyer) -> list:
    return [person for person in (lawyer, lawyer.supervisor) if person]


def _lost(earlier: RelationshipAssessment, now: Assessment) -> list[str]:
    return list(compare(from_json(earlier.criteria), now).lost) if earlier.criteria else []
