"""Clients whose profile nobody has looked through for too long."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, Exists, F, OuterRef, Window
from django.db.models.functions import Cast, Coalesce, RowNumber

from clients.models import Client
from clients.queries.clients import GRADE_RANK
from interactions.enums import FollowUpOrigin
from interactions.models import FollowUp


def stale_clients(limit: date, most: int) -> list[Client]:
    """Of each working lawyer the `most` weightiest clients not verified since `limit` and not asked for yet.

    A profile never verified counts from the day the client came.
    """
    verified = Coalesce("verified_on", "client_since", Cast("created_at", DateField()))
    asked = (
        FollowUp.objects.unscoped().filter(client=OuterRef("pk"), origin=FollowUpOrigin.VERIFY).unfinished()
    )
    rows = (
        Client.objects.unscoped()
        .filter(responsible__is_active=True, trashed_at__isnull=True)
        .annotate(stands=verified)
        .filter(~Exists(asked), stands__lt=limit)
    )
    order = [GRADE_RANK, F("stands"), F("pk")]
    place = Window(RowNumber(), partition_by="responsible", order_by=order)
    found = rows.annotate(place=place).filter(place__lte=most).select_related("responsible")
    return list(found.only("name", "grade", "responsible").order_by("responsible_id", "place"))
