"""The growth plan of a client: aim, goals, actions, and what came of them."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clients.access import get_client, get_growth_action, get_growth_goal, get_growth_plan
from clients.actions import growth
from clients.enums import GoalState
from clients.forms.grading import ActionForm, ClosePlanForm, DoneForm, EndGoalForm, GoalForm, PlanForm
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.views.saving import both_versions

A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=30)


def plan_create(request, pk):
    client, today = get_client(request.user, pk), clock.today(request.user)
    initial = {"owner": client.responsible_id, "starts_on": today, "ends_on": today + A_YEAR}
    form = PlanForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            growth.plan_growth(client, by=request.user, **form.changes())
        except growth.PlanOpen:
            messages.error(request, _("There is a growth plan already. Close it before you make another."))
        else:
            messages.success(request, _("The growth plan is made. Add its first goal."))
        return redirect("clients:grade", pk)
    return _form(request, client, form, _("Growth plan"))


def plan_edit(request, pk, plan):
    client = get_client(request.user, pk)
    held = get_growth_plan(client, plan)
    form = PlanForm(posted(request), instance=held)
    if form.is_valid():
        try:
            growth.change_plan(
                held, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            context = {"client": client, "form": form, "title": _("Growth plan")}
            return both_versions(request, "clients/growth_form.html", context, stale)
        return _saved(request, pk)
    return _form(request, client, form, _("Growth plan"))


def plan_close(request, pk, plan):
    client = get_client(request.user, pk)
    held = get_growth_plan(client, plan)
    form = ClosePlanForm(posted(request))
    if form.is_valid() and held.closed_on is None:
        growth.close_plan(held, by=request.user, **form.cleaned_data)
        return _saved(request, pk)
    return _form(request, client, form, _("Close the growth plan"), about=held.aim)


def goal_create(request, pk, plan):
    client = get_client(request.user, pk)
    held = get_growth_plan(client, plan)
    form = GoalForm(posted(request), initial={"due_on": held.ends_on})
    if form.is_valid():
        return _done_unless_closed(
            request, pk, lambda: growth.add_goal(held, by=request.user, **form.changes())
        )
    return _form(request, client, form, _("New goal"), about=held.aim)


def goal_edit(request, pk, goal):
    client = get_client(request.user, pk)
    held = get_growth_goal(client, goal)
    form = GoalForm(posted(request), instance=held)
    return _edit(request, client, form, _("Edit the goal"), growth.change_goal, held)


def goal_end(request, pk, goal):
    client = get_client(request.user, pk)
    held = get_growth_goal(client, goal)
    initial = {} if held.state == GoalState.OPEN else {"state": held.state, "result": held.result}
    form = EndGoalForm(posted(request), initial=initial)
    if form.is_valid():
        return _done_unless_closed(
            request, pk, lambda: growth.end_goal(held, by=request.user, **form.cleaned_data)
        )
    return _form(request, client, form, _("What came of the goal"), about=held.text)


def action_create(request, pk, goal):
    client = get_client(request.user, pk)
    held = get_growth_goal(client, goal)
    due_on = min(held.due_on, clock.today(request.user) + A_MONTH)
    form = ActionForm(posted(request), initial={"owner": client.responsible_id, "due_on": due_on})
    if form.is_valid():
        return _done_unless_closed(
            request, pk, lambda: growth.add_action(held, by=request.user, **form.changes())
        )
    return _form(request, client, form, _("New action"), about=held.text)


def action_edit(request, pk, action):
    client = get_client(request.user, pk)
    held = get_growth_action(client, action)
    form = ActionForm(posted(request), instance=held)
    return _edit(request, client, form, _("Edit the action"), growth.change_action, held)


def action_done(request, pk, action):
    client = get_client(request.user, pk)
    held = get_growth_action(client, action)
    initial = {"done_on": held.done_on or clock.today(request.user), "result": held.result}
    form = DoneForm(posted(request), initial=initial, was_done=held.done_on is not None)
    if form.is_valid():
        return _done_unless_closed(
            request, pk, lambda: growth.finish_action(held, by=request.user, **form.cleaned_data)
        )
    return _form(request, client, form, _("Action done"), about=held.text)


def _edit(request, client, form, title, change, held):
    if not form.is_valid():
        return _form(request, client, form, title)
    try:
        change(held, by=request.user, version=form.cleaned_data["version"], changes=form.changes())
    except StaleVersion as stale:
        context = {"client": client, "form": form, "title": title}
        return both_versions(request, "clients/growth_form.html", context, stale)
    except growth.PlanClosed:
        return _closed(request, client.pk)
    return _saved(request, client.pk)


def _done_unless_closed(request, pk, act):
    try:
        act()
    except growth.PlanClosed:
        return _closed(request, pk)
    return _saved(request, pk)


def _closed(request, pk):
    messages.error(request, _("The plan has been closed meanwhile."))
    return redirect("clients:grade", pk)


def _saved(request, pk):
    messages.success(request, _("Saved."))
    return redirect("clients:grade", pk)


def _form(request, client, form, title, *, about=""):
    context = {"client": client, "form": form, "title": title, "about": about}
    return render(request, "clients/growth_form.html", context, status=422 if form.is_bound else 200)
