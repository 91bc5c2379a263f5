"""Fees of matters: noted, and withdrawn where wrong."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from clients.actions.grading import score_clients
from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from matters.models import MatterFee


@transaction.atomic
def record_fee(matter, *, by, on: date, amount: Decimal, note: str = "") -> MatterFee:
    """Notes a fee; the client's score follows at once. Raises ValueError on a day to come or a negative amount."""
    if on > clock.today() or amount < 0:
        raise ValueError("a fee is noted on its day, and is not negative")
    fee = MatterFee.objects.create(matter=matter, on=on, amount=amount, note=note, made_by=by)
    record(by=by, verb="matter.fee", obj=fee, label=matter.title, changes={"amount": ["", str(amount)]})
    score_clients([matter.client_id], by=by)
    return fee


@transaction.atomic
def withdraw_fee(fee: MatterFee, *, by) -> bool:
    """The fee no longer counts; the row stays. False where it was withdrawn already."""
    changed = MatterFee.objects.filter(pk=fee.pk, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
    if changed:
        record(by=by, verb="matter.fee_withdrawn", obj=fee, label=fee.matter.title)
        score_clients([fee.matter.client_id], by=by)
    return bool(changed)
