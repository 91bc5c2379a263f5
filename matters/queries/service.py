"""Service plans and receivables of one matter that came through the door."""

from collections import defaultdict

from django.apps import apps
from django.urls import reverse

from clients.service_plans import PlanLine
from lawcrm.firm.words import listed


def plan_rows(matter) -> list[dict]:
    """The plans with who works on them and which needs they answer."""
    plans = list(matter.service_plans.prefetch_related("people"))
    needs = defaultdict(list)
    if plans:
        rows = apps.get_model("clients", "Need").objects.filter(
            client=matter.client_id, service_plan_id__in=[plan.pk for plan in plans]
        )
        for need in rows.order_by("urgency", "id"):
            needs[need.service_plan_id].append(need.title)
    return [
        {
            "plan": plan,
            "people": listed(person.display_name for person in plan.people.all()),
            "needs": listed(needs[plan.pk]),
        }
        for plan in plans
    ]


def plans_named(user, plan_ids) -> dict:
    """Service plans by id, as far as the reader may see their matters; for the needs they answer."""
    rows = apps.get_model("matters", "ServicePlan").objects.visible_to(user).filter(pk__in=plan_ids)
    return {
        pk: PlanLine(title, f"{reverse('matters:detail', args=[matter])}#service-plans")
        for pk, title, matter in rows.values_list("pk", "title", "matter_id")
    }


def money_of(matter) -> list:
    return list(matter.receivables.select_related("matter__client"))
