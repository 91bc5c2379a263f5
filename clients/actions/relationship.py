"""Judging relationships: gather the facts, judge, store what changed."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from clients.facts import gather
from clients.models import Client, RelationshipAssessment, RelationshipOverride
from clients.queries.relationship import write_standing
from clients.rules.lists import quiet_from
from clients.rules.relationship import (
    RANK,
    Assessment,
    Facts,
    RelationshipPolicy,
    assess,
    is_substantive,
    to_json,
)
from lawcrm.firm import clock
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.policy import current_policy

CHUNK = 2_000
_waiting: ContextVar[set[UUID] | None] = ContextVar("clients whose judgement waits", default=None)
_FACTS = frozenset(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class Judged:
    """One client's judgement beside what the list of clients shows of it."""

    client: Client
    assessment: Assessment
    last_contact_at: datetime | None
    quiet_from: date


def assess_clients(client_ids: Iterable[UUID], *, by=None, today: date | None = None) -> int:
    """Judges the clients anew. Returns how many were judged differently than before.

    A new row is stored where the verdict differs; where only figures moved on, a single client's row is brought up to
    date and the rows of a nightly run are left alone.
    """
    ids = list(client_ids)
    waiting = _waiting.get()
    if waiting is not None and today is None:
        waiting.update(ids)
        return 0
    today = today or clock.today()
    policy = RelationshipPolicy.of(current_policy())
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return sum(_assess_chunk(chunk, policy, today, live=len(ids) == 1) for chunk in chunks)


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
def _assess_chunk(client_ids: list[UUID], policy: RelationshipPolicy, today: date, *, live: bool) -> int:
    judged = judge_clients(client_ids, policy, today, lock=True)
    current = {
        row.client_id: row
        for row in RelationshipAssessment.objects.current().filter(client_id__in=client_ids)
    }
    changed = [
        one
        for one in judged
        if one.client.pk not in current or current[one.client.pk].fingerprint != one.assessment.fingerprint
    ]
    _store(changed, current, today)
    if live and not changed:
        _refresh(judged[0], current[judged[0].client.pk], today)
    _write_standing(judged, today)
    return len(changed)


def judge_clients(
    client_ids: list[UUID], policy: RelationshipPolicy, today: date, *, lock: bool = False
) -> list[Judged]:
    """The judgement of each client under a policy, nothing written."""
    clients = Client.objects.unscoped().filter(pk__in=client_ids).order_by("pk").for_assessment()
    if lock:
        clients = clients.select_for_update(of=("self",), no_key=True)
    clients = list(
        clients
    )  # locked before the facts are read: of two people logging at once, the second judges both
    gathered = gather(client_ids, since=policy.window_start(today), today=today)
    return [_judge(client, gathered[client.pk], policy, today) for client in clients]


def _judge(client: Client, gathered: dict, policy: RelationshipPolicy, today: date) -> Judged:
    facts = Facts(
        client_since=client.client_since,
        known_since=clock.local(client.created_at).date(),
        grade=client.grade or None,
        **{name: value for name, value in gathered.items() if name in _FACTS},
    )
    substantive = [contact.on for contact in facts.contacts if is_substantive(contact.purposes)]
    quiet = quiet_from(max(substantive, default=None), facts.known_since, facts.grade, policy)
    return Judged(client, assess(facts, policy, today), gathered.get("last_contact_at"), quiet)


def _store(changed: list[Judged], current: dict[UUID, RelationshipAssessment], today: date) -> None:
    replaced = [current[one.client.pk].pk for one in changed if one.client.pk in current]
    if replaced:
        RelationshipAssessment.objects.filter(pk__in=replaced).update(current=False)
    rows = [_row(one, current.get(one.client.pk), today) for one in changed]
    RelationshipAssessment.objects.bulk_create(rows)
    for one, row in zip(changed, rows, strict=True):
        if row.type and row.previous_type and row.type < row.previous_type:
            _alert(one.client, row)


def _row(one: Judged, previous: RelationshipAssessment | None, today: date) -> RelationshipAssessment:
    return RelationshipAssessment(
        client=one.client,
        type=RANK[one.assessment.type] if one.assessment.type else None,
        previous_type=previous.type if previous else None,
        insufficient=one.assessment.insufficient,
        criteria=to_json(one.assessment),
        next_step=one.assessment.next_step or "",
        fingerprint=one.assessment.fingerprint,
        assessed_on=today,
    )


def _refresh(one: Judged, row: RelationshipAssessment, today: date) -> None:
    row.criteria, row.assessed_on = to_json(one.assessment), today
    row.save(update_fields=["criteria", "assessed_on", "updated_at"])


def _alert(client: Client, row: RelationshipAssessment) -> None:
    """A fall is told to the responsible lawyer and the supervising partner."""
    people = {client.responsible, client.responsible.supervisor} - {None}
    notify(to=people, event="relationship.fell", key=f"relationship.fell:{row.pk}", obj=row)


def _write_standing(judged: list[Judged], today: date) -> None:
    """What lists show: the type that counts now (an override's while it holds), last contact, when silence breaks."""
    overrides = dict(
        RelationshipOverride.objects.filter(client_id__in=[one.client.pk for one in judged])
        .holding(today)
        .order_by("pk")
        .values_list("client_id", "type")
    )
    rows = []
    for one in judged:
        assessed = RANK[one.assessment.type] if one.assessment.type else None
        standing = (overrides.get(one.client.pk, assessed), one.last_contact_at, one.quiet_from)
        if standing != (one.client.relationship_type, one.client.last_contact_at, one.client.quiet_from):
            rows.append((one.client.pk, *standing))
    write_standing(rows)
