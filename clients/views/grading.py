"""A client's grade: which counts and why, the score with its figures, the service standard, the growth plan, the path."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client, visible_gradings
from clients.actions.grading import (
    decide_grade,
    scores_of,
    set_figures,
    take_over_score,
    withdraw_decision,
)
from clients.forms.grading import DecisionForm, FiguresForm
from clients.presenters import grading as words
from clients.queries.grading import changes_of, graded, grading_of, holding_decision, plans_of
from clients.rules.grading import GradingPolicy
from lawcrm.firm import clock
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.policy import current_policy


def grade(request, pk):
    client, policy, today = get_client(request.user, pk), current_policy(), clock.today(request.user)
    (one,) = scores_of(graded([client.pk]), GradingPolicy.of(policy), clock.today(), reader=request.user)
    decision, changes = holding_decision(client, clock.today()), changes_of(client)
    plans = [words.plan_view(plan, today) for plan in plans_of(client)]
    context = {
        "client": client,
        "why": words.why_this_grade(client, decision, changes),
        "decision": decision,
        "score": one.score,
        "figures": words.figure_lines(one.score, policy),
        "verdict": words.what_the_score_says(one.score, client, policy.grade_cutoffs),
        "next_cutoff": words.next_cutoff(one.score, policy.grade_cutoffs),
        "follows": policy.grades_follow_score,
        "grading": grading_of(client),
        "standard": words.standard_of(client.grade, policy),
        "changes": words.change_lines(changes),
        "plan": next((plan for plan in plans if plan.is_open), None),
        "past_plans": [plan for plan in plans if not plan.is_open],
    }
    return render(request, "clients/grade.html", context)


def decide(request, pk):
    client = get_client(request.user, pk)
    form = DecisionForm(posted(request), initial={"grade": client.grade})
    if form.is_valid():
        decide_grade(client, by=request.user, **form.cleaned_data)
        messages.success(request, _("The grade counts from now on; the pace of contact follows it."))
        return redirect("clients:grade", client.pk)
    return render(request, "clients/grade_decide.html", {"client": client, "form": form})


@require_POST
def withdraw(request, pk):
    client = get_client(request.user, pk)
    if withdraw_decision(client, by=request.user):
        messages.success(request, _("The grade by hand has ended."))
    return redirect("clients:grade", pk)


@require_POST
def take_over(request, pk):
    client = get_client(request.user, pk)
    if taken := take_over_score(client, by=request.user):
        messages.success(
            request, _("%(client)s has grade %(grade)s now.") % {"client": client, "grade": taken}
        )
    if request.POST.get("from") == "list":
        return redirect("clients:grades")
    return redirect("clients:grade", pk)


def figures(request, pk):
    client = get_client(request.user, pk)
    held = grading_of(client)
    initial = {"realisation": held.realisation, "standing": held.standing} if held else {}
    form = FiguresForm(posted(request), initial=initial)
    if form.is_valid():
        set_figures(client, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. The score counts the figures from now on."))
        return redirect("clients:grade", pk)
    return render(request, "clients/grade_figures.html", {"client": client, "form": form})


def proposals(request):
    """Clients whose score speaks for another grade than the one that counts."""
    rows = visible_gradings(request.user).proposing()
    page = keyset_page(rows, ("-points", "-id"), request.GET)
    lines = [words.proposal_line(row) for row in page.rows]
    context = {"page": page, "rows": lines, "follows": current_policy().grades_follow_score}
    return render(request, "clients/grades.html", context)
