"""The growth plan of a client: aim, goals, actions, and what came of them."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clients.access import get_client, get_growth_action, get_growth_goal, get_growth_plan
from clients.actions import growth
from clients.forms.grading import ActionForm, ClosePlanForm, DoneForm, EndGoalForm, GoalForm, PlanForm
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.queries.audit import last_saver

A_YEAR, A_MONTH = timedelta(days=365), timedelta(days=30)


def plan_create(request, pk):
    client, today = get_client(request.user, pk), clock.today(request.user)
    initial = {"owner": client.responsible_id, "starts_on": today, "ends_on": today + A_YEAR}
    form = PlanForm(posted(request), initial=initial)
    if form.is_valid():
        growth.plan_growth(client, by=request.user, **form.changes())
        messages.success(request, _("The growth plan is made. Add its first goal."))
        return redirect("clients:grade", pk)
    return _form(request, client, form, _("Growth plan"))


def plan_edit(request, pk, plan):
    client = get_client(request.user, pk)
    held = get_growth_plan(client, plan)
    form = PlanForm(posted(request), instance=held)
    context = {}
    if form.is_valid():
        try:
            growth.change_plan(
                held, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            context = {"differences": form.differences(stale.theirs), "saver": last_saver(held)}
            form.rebase(stale.theirs)
            return _form(request, client, form, _("Growth plan"), status=409, **context)
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
            request, pk, lambda: growth.add_goal(held, by=request.user, **form.cleaned_data)
        )
    return _form(request, client, form, _("New goal"), about=held.aim)


def goal_end(request, pk, goal):
    client = get_client(request.user, pk)
    held = get_growth_goal(client, goal)
    form = EndGoalForm(posted(request))
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
            request, pk, lambda: growth.add_action(held, by=request.user, **form.cleaned_data)
        )
    return _form(request, client, form, _("New action"), about=held.text)


def action_done(request, pk, action):
    client = get_client(request.user, pk)
    held = get_growth_action(client, action)
    form = DoneForm(posted(request), initial={"done_on": clock.today(request.user)})
    if form.is_valid():
        return _done_unless_closed(
            request, pk, lambda: growth.finish_action(held, by=request.user, **form.cleaned_data)
        )
    return _form(request, client, form, _("Action done"), about=held.text)


def _done_unless_closed(request, pk, act):
    try:
        act()
    except growth.PlanClosed:
        messages.error(request, _("The plan has been closed meanwhile."))
        return redirect("clients:grade", pk)
    return _saved(request, pk)


def _saved(request, pk):
    messages.success(request, _("Saved."))
    return redirect("clients:grade", pk)


def _form(request, client, form, title, *, about="", status=200, **context):
    context |= {"client": client, "form": form, "title": title, "about": about}
    return render(request, "clients/growth_form.html", context, status=status)
