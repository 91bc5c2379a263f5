"""Writing care plans."""

from __future__ import annotations

from django.db import transaction

from interactions.models import CarePlan, CareStep
from lawcrm.firm.actions import audit
from lawcrm.firm.conflicts import StaleVersion


@transaction.atomic
def save_plan(plan: CarePlan, *, by, version: int, steps: list[dict]) -> CarePlan:
    """The plan with exactly these steps, in this order. Raises StaleVersion."""
    is_new = plan._state.adding
    if is_new:
        plan.made_by = by
        plan.save(force_insert=True)
    else:
        plan = CarePlan.objects.unscoped().select_for_update(of=("self",)).get(pk=plan.pk)
        if plan.version != version:
            raise StaleVersion(plan)
        plan.version += 1
        plan.save()
    before = sorted(plan.steps.values_list("kind", flat=True))
    plan.steps.all().delete()
    CareStep.objects.bulk_create([CareStep(plan=plan, **step) for step in steps])
    after = sorted(step["kind"] for step in steps)
    verb = "care_plan.made" if is_new else "care_plan.changed"
    audit.record(by=by, verb=verb, obj=plan, changes={"steps": [", ".join(before), ", ".join(after)]})
    return plan


@transaction.atomic
def drop_plan(plan: CarePlan, *, by) -> None:
    """The plan goes; what it has prepared stays to be done."""
    audit.record(by=by, verb="care_plan.dropped", obj=plan)
    plan.delete()
