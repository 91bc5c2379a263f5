"""Assessments and overrides, seen through their clients; what judging reads and writes of them, many at a time."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import F, Q

from clients.queries.clients import within
from lawcrm.firm import clock
from lawcrm.firm.models.base import ScopedQuerySet

MOVED = Q(type__lt=F("previous_type")) | Q(type__gt=F("previous_type"))


class _OfClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return within(self, apps.get_model("clients", "Client").objects.visible_to(user))


class AssessmentQuerySet(_OfClientQuerySet):
    def current(self):
        return self.filter(current=True)

    def moves(self):
        """Those that took a client from one type to another."""
        return self.filter(MOVED)


class OverrideQuerySet(_OfClientQuerySet):
    def holding(self, today):
        """Overrides that hold on the day."""
        return self.filter(withdrawn_at__isnull=True, starts_on__lte=today, ends_on__gte=today)


class Profile(NamedTuple):
    """What judging needs of a client's own profile, and what the lists show of the judgement now."""

    id: UUID
    client_since: date | None
    known_since: date
    grade: str
    responsible_id: UUID
    relationship_type: int | None
    last_contact_at: datetime | None
    quiet_from: date | None


class Standing(NamedTuple):
    """The last judgement of a client, and the override that holds, if any."""

    assessment_id: UUID | None
    type: int | None
    fingerprint: str
    override: int | None


UNJUDGED = Standing(None, None, "", None)

_PROFILES = """
SELECT id, client_since, (created_at AT TIME ZONE %s)::date, grade, responsible_id,
       relationship_type, last_contact_at, quiet_from
  FROM clients_client
 WHERE id = ANY(%s)
 ORDER BY id
"""
_STANDINGS = """
SELECT client_id, id, type, fingerprint, NULL::int
  FROM clients_relationshipassessment
 WHERE client_id = ANY(%(clients)s) AND current
 UNION ALL
(SELECT DISTINCT ON (client_id) client_id, NULL, NULL, '', type
  FROM clients_relationshipoverride
 WHERE client_id = ANY(%(clients)s) AND withdrawn_at IS NULL AND starts_on <= %(today)s AND ends_on >= %(today)s
 ORDER BY client_id, id DESC)
"""
_WRITE = """
UPDATE clients_client AS client
   SET relationship_type = row.type, last_contact_at = row.last_contact_at, quiet_from = row.quiet_from
  FROM unnest(%s::uuid[], %s::smallint[], %s::timestamptz[], %s::date[])
       AS row (id, type, last_contact_at, quiet_from)
 WHERE client.id = row.id
"""


def profiles_of(client_ids: list[UUID], *, lock: bool = False) -> list[Profile]:
    """`lock` keeps the clients until the transaction ends: of two who judge at once, the second sees all facts."""
    with connection.cursor() as cursor:
        cursor.execute(_PROFILES + ("FOR NO KEY UPDATE" if lock else ""), [str(clock.zone_of()), client_ids])
        return [Profile(*row) for row in cursor.fetchall()]


def standings_of(client_ids: list[UUID], today: date) -> dict[UUID, Standing]:
    """By client; read after the clients are locked, in a statement of its own, so that it is the newest."""
    found: dict[UUID, Standing] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS, {"clients": client_ids, "today": today})
        for client_id, pk, kind, fingerprint, override in cursor.fetchall():
            known = found.get(client_id, UNJUDGED)
            found[client_id] = (
                known._replace(override=override)
                if override is not None
                else Standing(pk, kind, fingerprint, known.override)
            )
    return found


_AS_BEFORE = """
SELECT before.id, before.client_id
  FROM (SELECT DISTINCT ON (client_id) client_id, id, fingerprint
          FROM clients_relationshipassessment
         WHERE client_id = ANY(%(clients)s) AND created_at < %(since)s
         ORDER BY client_id, id DESC) AS before
  JOIN clients_relationshipassessment AS now
    ON now.client_id = before.client_id AND now.current AND now.fingerprint = before.fingerprint AND now.id <> before.id
"""


def judged_as_before(client_ids: list[UUID], since: datetime) -> dict[UUID, UUID]:
    """The judgement from before `since` -> its client, of those who are judged anew since and just as they were."""
    with connection.cursor() as cursor:
        cursor.execute(_AS_BEFORE, {"clients": client_ids, "since": since})
        return dict(cursor.fetchall())


def write_standings(rows: list[tuple]) -> None:
    """Writes (client id, type, last contact, quiet from) of many clients in one statement."""
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])


def next_client_ids(*, after: UUID | None, limit: int) -> list[UUID]:
    """The next clients in the order of their keys."""
    clients = apps.get_model("clients", "Client").objects.unscoped().unmerged().order_by("pk")
    clients = clients.filter(pk__gt=after) if after else clients
    return list(clients.values_list("pk", flat=True)[:limit])


def number_of_clients() -> int:
    return apps.get_model("clients", "Client").objects.unscoped().unmerged().count()


_SNAPSHOT = """
WITH gone AS (DELETE FROM clients_firmsnapshot WHERE month = %(month)s)
SELECT department_id, responsible_id, grade, relationship_type, count(*)
  FROM clients_client
 WHERE merged_into_id IS NULL
 GROUP BY department_id, responsible_id, grade, relationship_type
"""


def write_snapshot(month: date) -> None:
    """The firm's distribution as it is now, kept for the month; written each night, so the month's last one stays."""
    snapshot = apps.get_model("clients", "FirmSnapshot")
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT, {"month": month})
        cells = cursor.fetchall()
    snapshot.objects.bulk_create(
        [
            snapshot(
                month=month,
                department_id=department,
                responsible_id=lawyer,
                grade=grade,
                type=kind,
                clients=count,
            )
            for department, lawyer, grade, kind, count in cells
        ],
        batch_size=2000,
    )


def path_of(client, limit: int = 60):
    """The judgements of a client that came through the door, newest first."""
    rows = apps.get_model("clients", "RelationshipAssessment").objects.filter(client=client)
    return rows.order_by("-id")[:limit]


def overrides_of(client, limit: int = 20):
    rows = apps.get_model("clients", "RelationshipOverride").objects.filter(client=client)
    return rows.select_related("made_by").order_by("-id")[:limit]


def client_with_id(pk: UUID):
    """Any client, for work that is the firm's own."""
    return apps.get_model("clients", "Client").objects.unscoped().filter(pk=pk).first()


def clients_with_ids(ids) -> dict:
    """Clients by key, with their responsible lawyers, for work that is the firm's own."""
    clients = apps.get_model("clients", "Client").objects.unscoped().select_related("responsible")
    return clients.defer("note", "search").in_bulk(list(ids))


def client_ids_at_random() -> list[UUID]:
    """All clients in an order that says nothing of them, and is the same each time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM clients_client ORDER BY hashtext(id::text), id")
        return [pk for (pk,) in cursor.fetchall()]
