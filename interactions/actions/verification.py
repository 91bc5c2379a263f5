"""Profiles gone stale: each night the lawyers are asked to look through a few of theirs, the weightiest first."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from clients.models import Client
from interactions.actions.follow_ups import FollowUpPlan, make_follow_ups
from interactions.enums import FollowUpOrigin, FollowUpState, Priority, Trigger
from interactions.models import FollowUp
from interactions.queries.verification import stale_clients
from interactions.rules import follow_ups as rules
from interactions.rules.due import morning_of
from interactions.triggers import rules_of
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.policy import current_policy
from lawcrm.firm.working_calendar import calendar_of

DAYS_TO_DO_IT = 7


@transaction.atomic
def ask_to_verify(today: date | None = None) -> int:
    """Raises a follow-up for stale profiles; nobody has more of them open than the policy says. Returns how many."""
    policy, today = current_policy(), today or clock.today()
    if not rules_of(policy)[Trigger.VERIFY].on:
        return 0
    most = policy.verify_tasks_at_once
    asked = Counter(
        FollowUp.objects.unscoped()
        .filter(origin=FollowUpOrigin.VERIFY)
        .unfinished()
        .values_list("owner_id", flat=True)
    )
    calendar, plans = calendar_of(policy), []
    for client in stale_clients(today - timedelta(days=policy.verify_days), most):
        if asked[client.responsible_id] < most:
            asked[client.responsible_id] += 1
            plans.append(_plan(client, calendar.next_working_day(today + timedelta(days=DAYS_TO_DO_IT))))
    return len(make_follow_ups(plans, by=None)) if plans else 0


def _plan(client: Client, due_on: date) -> FollowUpPlan:
    owner = client.responsible
    due = morning_of(due_on, clock.zone_of(owner))
    return FollowUpPlan(
        client=client,
        owner=owner,
        due_at=due,
        origin=FollowUpOrigin.VERIFY,
        trigger=Trigger.VERIFY,
        cause=f"{Trigger.VERIFY}:{client.pk}",
        priority=Priority.LOW,
    )


def finish_verification(client: Client, *, by) -> None:
    """The profile was verified: whoever was asked to need not do it any more."""
    open_ones = FollowUp.objects.unscoped().filter(client=client, origin=FollowUpOrigin.VERIFY).unfinished()
    for row in open_ones.select_for_update(of=("self",)):
        row.state = rules.state_after(row.state, rules.FINISH)
        if row.state != FollowUpState.DONE:
            continue
        row.finished_at, row.finished_by = clock.now(), by
        row.remind_at = row.escalate_at = row.snoozed_until = None
        row.version += 1
        row.save()
        audit.record(by=by, verb="follow_up.done", obj=row)
