"""Care plans: one for each grade, and for clients that want another. The year is shown before a plan is saved."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from clients.enums import Grade
from interactions.access import get_plan, visible_plans, visible_templates
from interactions.actions import care_plans as actions
from interactions.forms.care import PlanForm
from interactions.presenters import care_plans as words
from interactions.queries.care_plans import new_plan, plan_for
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted


def plan_list(request):
    plans = visible_plans(request.user).select_related("client").prefetch_related("steps")
    return render(request, "care/plans.html", {"lines": words.plan_lines(plans)})


def plan_new(request):
    """A plan for ?grade= or for ?client=; where there is one already, that one."""
    grade, client = request.GET.get("grade", ""), None
    if request.GET.get("client"):
        client, grade = get_client(request.user, request.GET["client"]), ""
    elif grade not in Grade.values:
        raise Http404
    there = visible_plans(request.user).filter(grade=grade, client=client).first()
    if there:
        return redirect("care:plan", there.pk)
    of_grade = plan_for(client) if client else None
    return _edit(
        request, new_plan(grade=grade, client=client), list(of_grade.steps.all()) if of_grade else ()
    )


def plan(request, pk):
    held = get_plan(request.user, pk)
    return _edit(request, held, list(held.steps.all()))


def _edit(request, held, steps):
    templates = visible_templates(request.user).in_use()
    initial = {"version": held.version}
    form = PlanForm(posted(request), steps=steps, templates=templates, initial=initial)
    chosen = words.proposed(form.steps()) if form.is_valid() else steps
    if form.is_valid() and "save" in request.POST:
        try:
            actions.save_plan(
                held, by=request.user, version=form.cleaned_data["version"] or 0, steps=form.steps()
            )
        except StaleVersion:
            messages.error(
                request, _("Somebody else has saved this plan meanwhile. This is how it stands now.")
            )
            return redirect(request.get_full_path())
        messages.success(request, _("The plan is saved. What it asks for is prepared every night."))
        return _back(held)
    context = {
        "plan": held,
        "form": form,
        "year": words.year_of(held, chosen, clock.today(request.user)) if chosen else None,
        "previewed": form.is_bound and form.is_valid(),
        "is_new": held._state.adding,
        "back": held.client.name if held.client_id else _("Care plans"),
        "back_url": _back_url(held),
    }
    return render(request, "care/plan_form.html", context)


@require_POST
def plan_drop(request, pk):
    held = get_plan(request.user, pk)
    actions.drop_plan(held, by=request.user)
    messages.success(request, _("The plan is gone. What it had prepared stays to be done."))
    return _back(held)


def _back(held):
    return redirect(_back_url(held))


def _back_url(held) -> str:
    return reverse("care:client", args=[held.client_id]) if held.client_id else reverse("care:plans")
