"""Fees, seen through their matters; and what they say of a client's worth."""

from datetime import date
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Count, F, Sum

from lawcrm.firm.models.base import ScopedQuerySet


class FeeQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        matters = apps.get_model("matters", "Matter").objects.visible_to(user)
        return self.filter(matter_id__in=matters.values("pk"))

    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


_SQL = """
SELECT matter.client_id, sum(fee.amount)::float8, count(*)
  FROM matters_matterfee AS fee
  JOIN matters_matter AS matter ON matter.id = fee.matter_id
 WHERE matter.client_id = ANY(%s) AND fee."on" BETWEEN %s AND %s AND fee.withdrawn_at IS NULL
 GROUP BY matter.client_id
"""


def fee_facts(client_ids: list[UUID], *, since: date, today: date, reader=None) -> dict[UUID, dict]:
    """Fees since the day; for a reader those of the matters he or she may see."""
    if reader is None:
        with connection.cursor() as cursor:
            cursor.execute(_SQL, [client_ids, since, today])
            rows = cursor.fetchall()
    else:
        fees = apps.get_model("matters", "MatterFee").objects.visible_to(reader).standing()
        rows = (
            fees.filter(matter__client_id__in=client_ids, on__range=(since, today))
            .order_by()
            .values_list(F("matter__client_id"))
            .annotate(total=Sum("amount"), entries=Count("pk"))
        )
    return {client_id: {"fees": float(total), "fee_entries": entries} for client_id, total, entries in rows}


def fees_of(matter) -> list:
    """The fees of a matter that came through the door, newest first."""
    return list(
        apps.get_model("matters", "MatterFee")
        .objects.filter(matter=matter)
        .standing()
        .select_related("made_by")
    )
