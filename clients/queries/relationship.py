"""Assessments and overrides, seen through their clients."""

from django.apps import apps
from django.db import connection

from lawcrm.firm.models.base import ScopedQuerySet


class _OfClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return self.filter(client_id__in=clients.values("pk"))


class AssessmentQuerySet(_OfClientQuerySet):
    def current(self):
        return self.filter(current=True)


class OverrideQuerySet(_OfClientQuerySet):
    def holding(self, today):
        """Overrides that hold on the day."""
        return self.filter(withdrawn_at__isnull=True, starts_on__lte=today, ends_on__gte=today)


def write_standing(rows: list[tuple]) -> None:
    """Writes (client id, type, last contact, quiet from) of many clients in one statement."""
    if not rows:
        return
    ids, types, last_contacts, quiet = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE clients_client AS client
               SET relationship_type = row.type, last_contact_at = row.last_contact_at, quiet_from = row.quiet_from
              FROM unnest(%s::uuid[], %s::smallint[], %s::timestamptz[], %s::date[])
                   AS row (id, type, last_contact_at, quiet_from)
             WHERE client.id = row.id
            """,
            [ids, types, last_contacts, quiet],
        )
