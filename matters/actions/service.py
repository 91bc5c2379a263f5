"""Service plans and money owed."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from clients.actions.needs import link_plan, move_need
from clients.enums import NeedStatus
from clients.queries.needs import needs_of
from clients.rules.needs import PLAN
from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.conflicts import StaleVersion
from matters.models import Receivable, ServicePlan
from matters.rules.receivables import invoice_problem, receipt_problem


@transaction.atomic
def save_plan(
    matter,
    *,
    by,
    plan: ServicePlan | None = None,
    version: int | None = None,
    needs=None,
    people=None,
    **fields,
) -> ServicePlan:
    """Writes a service plan, new or changed, and names it at the needs it answers; assessed ones are planned by that.

    `needs` and `people` stay as they are where they are not given. Raises StaleVersion when somebody saved in between.
    """
    is_new = plan is None
    plan = (
        ServicePlan(matter=matter)
        if is_new
        else ServicePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    )
    if not is_new and version is not None and plan.version != version:
        raise StaleVersion(plan)
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.version += 0 if is_new else 1
    plan.save()
    if people is not None:
        plan.people.set(people)
    chosen = {need.pk for need in needs or ()}
    for need in needs_of(matter.client) if needs is not None else ():
        if need.pk in chosen and need.service_plan_id != plan.pk:
            link_plan(need, by=by, service_plan_id=plan.pk)
            if need.status == NeedStatus.ASSESSED:
                move_need(need, by=by, move=PLAN)
        elif need.pk not in chosen and need.service_plan_id == plan.pk:
            link_plan(need, by=by, service_plan_id=None)
    record(by=by, verb="matter.plan" if is_new else "matter.plan_changed", obj=plan, label=matter.title)
    return plan


@transaction.atomic
def invoice(matter, *, by, amount: Decimal, issued_on: date, due_on: date, **fields) -> Receivable:
    """Notes an invoice. Raises ValueError where it would be due before it was issued."""
    if invoice_problem(amount, fields.get("received", Decimal(0)), issued_on, due_on):
        raise ValueError("an invoice is due after it is issued, and asks for something")
    made = Receivable.objects.create(
        matter=matter, amount=amount, issued_on=issued_on, due_on=due_on, made_by=by, **fields
    )
    record(by=by, verb="matter.invoiced", obj=made, label=matter.title, changes={"amount": ["", str(amount)]})
    return made


@transaction.atomic
def change_invoice(receivable: Receivable, *, by, version: int, changes: dict) -> Receivable:
    """Corrects an invoice. Raises StaleVersion when somebody saved in between, ValueError on what cannot be."""
    held = Receivable.objects.select_for_update(of=("self",)).select_related("matter").get(pk=receivable.pk)
    if held.version != version:
        raise StaleVersion(held)
    told = {
        name: [str(getattr(held, name) or ""), str(value or "")]
        for name, value in changes.items()
        if getattr(held, name) != value
    }
    for name in told:
        setattr(held, name, changes[name])
    if held.voided_at or invoice_problem(held.amount, held.received, held.issued_on, held.due_on):
        raise ValueError("no invoice is like this")
    if told:
        held.version += 1
        held.save()
        record(by=by, verb="matter.invoice_changed", obj=held, label=held.matter.title, changes=told)
    return held


@transaction.atomic
def receive(receivable: Receivable, *, by, amount: Decimal, on: date) -> Receivable:
    """Notes a payment. Raises ValueError on more than is owed (rules.receivables.receipt_problem)."""
    held = Receivable.objects.select_for_update(of=("self",)).select_related("matter").get(pk=receivable.pk)
    if held.voided_at or receipt_problem(amount, held.amount - held.received, on, clock.today()):
        raise ValueError("this cannot have been received")
    before, held.received, held.received_on = held.received, held.received + amount, on
    held.version += 1
    held.save(update_fields=["received", "received_on", "version", "updated_at"])
    changes = {"received": [str(before), str(held.received)]}
    record(by=by, verb="matter.received", obj=held, label=held.matter.title, changes=changes)
    return held


@transaction.atomic
def void_invoice(receivable: Receivable, *, by) -> bool:
    """The invoice was wrong; the row stays. False where it was void already."""
    changed = Receivable.objects.filter(pk=receivable.pk, voided_at__isnull=True).update(
        voided_at=clock.now(), version=F("version") + 1, updated_at=clock.now()
    )
    if changed:
        record(by=by, verb="matter.invoice_voided", obj=receivable, label=receivable.matter.title)
    return bool(changed)
