"""Service plans and money owed."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from clients.actions.needs import link_plan
from clients.queries.needs import needs_of
from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from matters.models import Receivable, ServicePlan
from matters.rules.receivables import receipt_problem


@transaction.atomic
def save_plan(matter, *, by, plan: ServicePlan | None = None, needs=(), people=(), **fields) -> ServicePlan:
    """Writes a service plan, new or changed, and names it at the needs it answers."""
    is_new = plan is None
    plan = plan or ServicePlan(matter=matter)
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.version += 0 if is_new else 1
    plan.save()
    plan.people.set(people)
    chosen = {need.pk for need in needs}
    for need in needs_of(matter.client):
        if need.pk in chosen and need.service_plan_id != plan.pk:
            link_plan(need, by=by, service_plan_id=plan.pk)
        elif need.pk not in chosen and need.service_plan_id == plan.pk:
            link_plan(need, by=by, service_plan_id=None)
    record(by=by, verb="matter.plan" if is_new else "matter.plan_changed", obj=plan, label=matter.title)
    return plan


@transaction.atomic
def invoice(matter, *, by, amount: Decimal, issued_on: date, due_on: date, **fields) -> Receivable:
    """Notes an invoice. Raises ValueError where it would be due before it was issued."""
    if due_on < issued_on or amount <= 0:
        raise ValueError("an invoice is due after it is issued, and asks for something")
    made = Receivable.objects.create(
        matter=matter, amount=amount, issued_on=issued_on, due_on=due_on, made_by=by, **fields
    )
    record(by=by, verb="matter.invoiced", obj=made, label=matter.title, changes={"amount": ["", str(amount)]})
    return made


@transaction.atomic
def receive(receivable: Receivable, *, by, amount: Decimal, on: date) -> Receivable:
    """Notes a payment. Raises ValueError on more than is owed (rules.receivables.receipt_problem)."""
    held = Receivable.objects.select_for_update(of=("self",)).select_related("matter").get(pk=receivable.pk)
    if held.voided_at or receipt_problem(amount, held.amount - held.received, on, clock.today()):
        raise ValueError("this cannot have been received")
    before, held.received, held.received_on = held.received, held.received + amount, on
    held.save(update_fields=["received", "received_on", "updated_at"])
    changes = {"received": [str(before), str(held.received)]}
    record(by=by, verb="matter.received", obj=held, label=held.matter.title, changes=changes)
    return held


@transaction.atomic
def void_invoice(receivable: Receivable, *, by) -> bool:
    """The invoice was wrong; the row stays. False where it was void already."""
    changed = Receivable.objects.filter(pk=receivable.pk, voided_at__isnull=True).update(
        voided_at=clock.now(), updated_at=clock.now()
    )
    if changed:
        record(by=by, verb="matter.invoice_voided", obj=receivable, label=receivable.matter.title)
    return bool(changed)
