"""Tries that were refused: who knocked at what. Sampled, so that nobody fills the trail by knocking."""

from datetime import timedelta

from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.models import AuditEntry

WITHIN = timedelta(minutes=10)
AT_MOST = 30  # entries of one person within that time; the same thing once


@transaction.atomic
def record_denied(by, address: str, model=None, key=None) -> None:
    """One refused try. The same work is done whether the row exists or not: time must not tell."""
    row = model._base_manager.filter(pk=key).first() if model else None
    since = first_id_at(clock.now() - WITHIN)
    recent = AuditEntry.objects.filter(actor_id=by.pk, verb="access.denied", id__gte=since)
    tried = list(recent.values_list("detail__address", "detail__key")[:AT_MOST])
    if len(tried) < AT_MOST and (address, key and str(key)) not in tried:
        detail = {"address": address, "key": key and str(key)}
        record(by=by, verb="access.denied", obj=row, detail=detail, label=row or address)
