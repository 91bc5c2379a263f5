"""Stages, key dates and milestones of a matter; the renewal of a retainer."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.views.saving import both_versions
from matters.access import get_date_of, get_matter, get_milestone_of
from matters.actions.agenda import (
    add_date,
    call_off_date,
    change_date,
    change_milestone,
    finish_date,
    reach_milestone,
    set_milestone,
)
from matters.actions.conflicts import Refused
from matters.actions.matters import renew_retainer, update_matter
from matters.forms.agenda import KeyDateForm, MilestoneForm, RenewForm
from matters.presenters.conflicts import refused_words
from matters.rules.stages import stage_problem


@require_POST
def stage_move(request, pk):
    matter = get_matter(request.user, pk)
    stage = request.POST.get("stage", "")
    if matter.state != "open" or stage_problem(matter.service_type, stage, matter.kind):
        messages.error(request, _("The matter does not pass this stage."))
    else:
        try:
            update_matter(matter, by=request.user, version=matter.version, changes={"stage": stage})
        except Refused as refused:
            messages.error(request, refused_words(refused.check, request.user))
    return redirect("matters:detail", pk)


def date_add(request, pk):
    matter = get_matter(request.user, pk)
    form = KeyDateForm(posted(request), matter=matter)
    if form.is_valid():
        add_date(matter, by=request.user, **form.changes())
        messages.success(request, _("The date is set."))
        return redirect("matters:detail", pk)
    return render(request, "matters/small_form.html", _form(matter, form, _("Set a key date")))


def date_edit(request, pk, date):
    matter = get_matter(request.user, pk)
    held = get_date_of(matter, date)
    form = KeyDateForm(posted(request), matter=matter, instance=held)
    more = {"open_date": held if held.done_on is None else None}
    return _edit(request, matter, form, held, change_date, _("Key date"), more)


@require_POST
def date_done(request, pk, date):
    matter = get_matter(request.user, pk)
    finish_date(get_date_of(matter, date), by=request.user)
    return redirect("matters:detail", pk)


@require_POST
def date_call_off(request, pk, date):
    matter = get_matter(request.user, pk)
    call_off_date(get_date_of(matter, date), by=request.user)
    messages.success(request, _("Called off. Calendars that show it take it away."))
    return redirect("matters:detail", pk)


def milestone_add(request, pk):
    matter = get_matter(request.user, pk)
    form = MilestoneForm(posted(request))
    if form.is_valid():
        set_milestone(matter, by=request.user, **form.changes())
        return redirect("matters:detail", pk)
    return render(request, "matters/small_form.html", _form(matter, form, _("Set a milestone")))


def milestone_edit(request, pk, milestone):
    matter = get_matter(request.user, pk)
    held = get_milestone_of(matter, milestone)
    form = MilestoneForm(posted(request), instance=held)
    return _edit(request, matter, form, held, change_milestone, _("Milestone"))


@require_POST
def milestone_reach(request, pk, milestone):
    matter = get_matter(request.user, pk)
    reach_milestone(get_milestone_of(matter, milestone), by=request.user, on=clock.today(request.user))
    messages.success(request, _("Reached. The client would like to hear of it."))
    return redirect("matters:detail", pk)


def renew(request, pk):
    matter = get_matter(request.user, pk)
    form = RenewForm(posted(request), matter=matter)
    if form.is_valid():
        renew_retainer(matter, by=request.user, **form.cleaned_data)
        messages.success(request, _("The retainer runs on."))
        return redirect("matters:detail", pk)
    return render(request, "matters/small_form.html", _form(matter, form, _("Renew the retainer")))


def _edit(request, matter, form, held, change, title: str, more: dict | None = None):
    """A row of the matter in its form; both versions where somebody else saved it meanwhile."""
    context = _form(matter, form, title) | (more or {})
    if form.is_valid():
        try:
            change(held, by=request.user, version=form.cleaned_data["version"], changes=form.changes())
        except StaleVersion as stale:
            return both_versions(request, "matters/small_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("matters:detail", matter.pk)
    return render(request, "matters/small_form.html", context)


def _form(matter, form, title: str) -> dict:
    return {"matter": matter, "form": form, "title": title}
