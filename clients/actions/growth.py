"""Growth plans: what the firm wants to make of its work for a client, step by step."""

from datetime import date

from django.db import transaction

from clients.enums import GoalState
from clients.models import Client, GrowthAction, GrowthGoal, GrowthPlan
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.conflicts import StaleVersion


class PlanClosed(Exception):
    """A closed plan is not added to."""


class PlanOpen(Exception):
    """A client has one plan at a time: close the other first."""


@transaction.atomic
def plan_growth(client: Client, *, by, aim: str, owner, starts_on: date, ends_on: date) -> GrowthPlan:
    """Raises PlanOpen where another plan is not closed."""
    client = Client.objects.unscoped().select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    if GrowthPlan.objects.filter(client=client, closed_on__isnull=True).exists():
        raise PlanOpen
    plan = GrowthPlan.objects.create(
        client=client, aim=aim, owner=owner, starts_on=starts_on, ends_on=ends_on
    )
    audit.record(by=by, verb="growth.planned", obj=plan)
    return plan


@transaction.atomic
def change_plan(plan: GrowthPlan, *, by, version: int, changes: dict) -> GrowthPlan:
    """Aim, owner, days. Raises StaleVersion when somebody was quicker."""
    held = (
        GrowthPlan.objects.select_for_update(of=("self",)).select_related("owner", "client").get(pk=plan.pk)
    )
    if held.version != version:
        raise StaleVersion(held)
    if told := apply_changes(held, changes):
        held.version += 1
        held.save()
        audit.record(by=by, verb="growth.changed", obj=held, changes=told)
    return held


@transaction.atomic
def close_plan(plan: GrowthPlan, *, by, result: str) -> GrowthPlan:
    """The plan's end, with what came of it."""
    held = _open(plan.pk)
    held.result, held.closed_on = result, clock.today()
    held.version += 1
    held.save()
    audit.record(by=by, verb="growth.closed", obj=held)
    return held


@transaction.atomic
def add_goal(plan: GrowthPlan, *, by, text: str, due_on: date) -> GrowthGoal:
    goal = GrowthGoal.objects.create(plan=_open(plan.pk), text=text, due_on=due_on)
    audit.record(by=by, verb="growth.goal_added", obj=goal)
    return goal


@transaction.atomic
def change_goal(goal: GrowthGoal, *, by, version: int, changes: dict) -> GrowthGoal:
    """Its words and its day. Raises StaleVersion when somebody was quicker, PlanClosed."""
    _open(goal.plan_id)
    return _change(GrowthGoal, goal, version, changes, "growth.goal_changed", by)


@transaction.atomic
def end_goal(goal: GrowthGoal, *, by, state: str, result: str) -> GrowthGoal:
    """Reached or dropped, with what came of it; or open again."""
    _open(goal.plan_id)
    before, goal.state, goal.result = goal.state, GoalState(state), result
    goal.version += 1
    goal.save(update_fields=["state", "result", "version", "updated_at"])
    audit.record(by=by, verb="growth.goal_ended", obj=goal, changes={"state": [before, str(goal.state)]})
    return goal


@transaction.atomic
def add_action(goal: GrowthGoal, *, by, text: str, due_on: date, owner) -> GrowthAction:
    _open(goal.plan_id)
    action = GrowthAction.objects.create(goal=goal, text=text, due_on=due_on, owner=owner)
    audit.record(by=by, verb="growth.action_added", obj=action)
    return action


@transaction.atomic
def change_action(action: GrowthAction, *, by, version: int, changes: dict) -> GrowthAction:
    """Its words, day and owner. Raises StaleVersion when somebody was quicker, PlanClosed."""
    _open(action.goal.plan_id)
    return _change(GrowthAction, action, version, changes, "growth.action_changed", by)


@transaction.atomic
def finish_action(action: GrowthAction, *, by, done_on: date | None, result: str) -> GrowthAction:
    """Done, with what came of it; without a day: not done after all."""
    _open(action.goal.plan_id)
    before, action.done_on, action.result = action.done_on, done_on, result
    action.version += 1
    action.save(update_fields=["done_on", "result", "version", "updated_at"])
    days = ["" if day is None else day.isoformat() for day in (before, done_on)]
    verb = "growth.action_done" if done_on else "growth.action_open_again"
    audit.record(by=by, verb=verb, obj=action, changes={"done_on": days})
    return action


def _change(model, row, version: int, changes: dict, verb: str, by):
    held = model.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if held.version != version:
        raise StaleVersion(held)
    if told := apply_changes(held, changes):
        held.version += 1
        held.save()
        audit.record(by=by, verb=verb, obj=held, changes=told)
    return held


def _open(pk) -> GrowthPlan:
    plan = GrowthPlan.objects.select_for_update(of=("self",)).get(pk=pk)
    if plan.closed_on:
        raise PlanClosed
    return plan
