"""What grading reads and writes of many clients at a time, and what the grade page reads of one."""

import json
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import F, Q

from clients.queries.clients import OfClientQuerySet
from lawcrm.firm import clock
from lawcrm.firm.ids import new_id


class GradingQuerySet(OfClientQuerySet):
    def proposing(self):
        """Those whose score speaks for another grade than the one that counts."""
        return self.exclude(grade="").exclude(grade=F("client__grade"))


class DecisionQuerySet(OfClientQuerySet):
    def not_ended(self):
        return self.filter(ended_at__isnull=True)

    def holding(self, today: date):
        return self.not_ended().filter(ends_on__gte=today)


class Graded(NamedTuple):
    """What grading needs of a client, and what is stored of its score."""

    id: UUID
    client_since: date | None
    known_since: date
    grade: str
    responsible_id: UUID
    name: str
    realisation: int | None
    standing: int | None
    points: float | None
    proposed: str | None
    figures: list | None


class Decision(NamedTuple):
    """A grade by hand that has not been ended: it holds, or its end has come and nobody has acted on it."""

    id: UUID
    client_id: UUID
    grade: str
    replaced: str
    ends_on: date


_GRADED = """
SELECT client.id, client.client_since, (client.created_at AT TIME ZONE %s)::date, client.grade, client.responsible_id,
       client.name, grading.realisation, grading.standing, grading.points, grading.grade, grading.figures::text
  FROM clients_client AS client
  LEFT JOIN clients_clientgrading AS grading ON grading.client_id = client.id
 WHERE client.id = ANY(%s)
 ORDER BY client.id
"""
_DECISIONS = """
SELECT id, client_id, grade, replaced, ends_on
  FROM clients_gradedecision
 WHERE client_id = ANY(%s) AND ended_at IS NULL
 ORDER BY id
"""
_STORE = """
INSERT INTO clients_clientgrading
       (id, created_at, updated_at, version, client_id, points, grade, figures, scored_on)
SELECT id, %(now)s, %(now)s, 1, client_id, points, grade, figures, %(today)s
  FROM unnest(%(ids)s::uuid[], %(clients)s::uuid[], %(points)s::float8[], %(grades)s::text[], %(figures)s::jsonb[])
       AS row (id, client_id, points, grade, figures)
    ON CONFLICT (client_id) DO UPDATE
   SET points = excluded.points, grade = excluded.grade, figures = excluded.figures,
       scored_on = excluded.scored_on, updated_at = excluded.updated_at
"""
_WRITE = """
UPDATE clients_client AS client
   SET grade = row.grade, version = client.version + 1, updated_at = %s
  FROM unnest(%s::uuid[], %s::text[]) AS row (id, grade)
 WHERE client.id = row.id
"""


_REFERRALS = """
SELECT by_whom, count(DISTINCT referred)
  FROM (SELECT referrer_client_id AS by_whom, id AS referred FROM clients_client
         WHERE referrer_client_id = ANY(%(clients)s)
         UNION ALL
        SELECT place.client_id, client.id
          FROM clients_clientperson AS place
          JOIN clients_client AS client ON client.referrer_person_id = place.person_id
         WHERE place.client_id = ANY(%(clients)s) AND place.ended_on IS NULL
         UNION ALL
        SELECT from_client_id, to_client_id FROM clients_link
         WHERE from_client_id = ANY(%(clients)s) AND kind = 'referrer' AND to_client_id IS NOT NULL) AS pair
  JOIN clients_client AS known ON known.id = referred AND known.trashed_at IS NULL AND known.merged_into_id IS NULL
 WHERE by_whom <> referred {door}
 GROUP BY by_whom
"""


def referral_facts(client_ids: list[UUID], *, since: date, today: date, reader=None) -> dict[UUID, dict]:
    """How many clients each one brought, by itself, by its people or by a link; for a reader those he or she may see."""
    values, door = {"clients": client_ids}, ""
    if reader is not None:
        clients = apps.get_model("clients", "Client").objects.visible_to(reader)
        values["seen"], door = (
            [str(pk) for pk in _referred(clients, client_ids)],
            "AND referred = ANY(%(seen)s::uuid[])",
        )
    with connection.cursor() as cursor:
        cursor.execute(_REFERRALS.format(door=door), values)
        return {client_id: {"referrals": number} for client_id, number in cursor.fetchall()}


def _referred(clients, by_whom: list[UUID]):
    """Of these clients, those that one of `by_whom` may have brought."""
    return clients.order_by().filter(
        Q(referrer_client_id__in=by_whom)
        | Q(referrer_person__places__client_id__in=by_whom)
        | Q(links_to__from_client_id__in=by_whom)
    ).values_list("pk", flat=True)  # fmt: skip


def graded(client_ids: list[UUID], *, lock: bool = False) -> list[Graded]:
    """`lock` keeps the clients until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            _GRADED + ("FOR NO KEY UPDATE OF client" if lock else ""), [str(clock.zone_of()), client_ids]
        )
        return [
            Graded(*row[:-1], json.loads(row[-1]) if row[-1] is not None else None)
            for row in cursor.fetchall()
        ]


def decisions_of(client_ids: list[UUID]) -> dict[UUID, Decision]:
    """By client, the newest."""
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS, [client_ids])
        return {row[1]: Decision(*row) for row in cursor.fetchall()}


def store_scores(rows: list[tuple[UUID, float | None, str, list]], today: date) -> None:
    """Writes (client, points, grade, figures) of many clients in one statement; figures by hand stay."""
    if not rows:
        return
    clients, points, grades, figures = (list(column) for column in zip(*rows, strict=True))
    values = {
        "now": clock.now(),
        "today": today,
        "ids": [new_id() for _ in rows],
        "clients": clients,
        "points": points,
        "grades": grades,
        "figures": [json.dumps(one) for one in figures],
    }
    with connection.cursor() as cursor:
        cursor.execute(_STORE, values)


def write_grades(grades: dict[UUID, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [clock.now(), list(grades), list(grades.values())])


def grading_of(client):
    """The stored score of a client that came through the door; None before the first."""
    return (
        apps.get_model("clients", "ClientGrading")
        .objects.filter(client=client)
        .select_related("entered_by")
        .first()
    )


def holding_decision(client, today: date):
    decisions = apps.get_model("clients", "GradeDecision").objects.filter(client=client)
    return decisions.holding(today).select_related("made_by").first()


def changes_of(client, limit: int = 40):
    changes = apps.get_model("clients", "GradeChange").objects.filter(client=client)
    return list(changes.select_related("made_by")[:limit])


def plans_of(client):
    """The growth plans of a client, newest first, with goals and actions: three statements."""
    plans = apps.get_model("clients", "GrowthPlan").objects.filter(client=client).select_related("owner")
    return list(plans.prefetch_related("goals__actions__owner"))
