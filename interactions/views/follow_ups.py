"""Follow-ups: the list, one of them, planning, snoozing, cancelling, and the next step of a relationship."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from interactions.access import get_follow_up, visible_follow_ups
from interactions.actions import follow_ups as actions
from interactions.actions.progress import tell_progress as do_tell_progress
from interactions.enums import Priority, Purpose
from interactions.forms.filters import FollowUpFilter
from interactions.forms.follow_ups import (
    REPEATS,
    CancelForm,
    FollowUpForm,
    MoveForm,
    OutcomeForm,
    ProgressForm,
    SnoozeForm,
)
from interactions.presenters.follow_ups import follow_up_row
from interactions.presenters.words import follow_up_words
from interactions.rules import due
from interactions.rules.follow_ups import NotPossible
from interactions.rules.permissions import Refused, may_change_follow_up
from interactions.rules.recurrence import preset_of
from interactions.views.answers import done, nothing_to_suggest, refused
from interactions.views.logging import client_url
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.policy import current_policy
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.working_calendar import current_calendar
from matters.access import get_matter


def follow_up_list(request):
    chosen = FollowUpFilter(request.GET, user=request.user)
    follow_ups = chosen.filter(visible_follow_ups(request.user).for_lists())
    order = ("-finished_at", "-id") if chosen.finished else ("due_at", "id")
    page = keyset_page(follow_ups, order, request.GET)
    context = {
        "filter": chosen,
        "page": page,
        "rows": [follow_up_row(one, request.user) for one in page.rows],
        "here": request.get_full_path(),
    }
    template = (
        "interactions/follow_up_list.html#table" if request.htmx else "interactions/follow_up_list.html"
    )
    return render(request, template, context)


def follow_up(request, pk):
    """One follow-up; those it concerns may change it here."""
    row = get_follow_up(request.user, pk)
    may_change = may_change_follow_up(row, request.user)
    form = FollowUpForm(
        request.POST if may_change and request.method == "POST" else None,
        initial=FollowUpForm.initial_of(row),
        user=request.user,
        client=row.client,
        untitled=not row.title,
    )
    theirs = None
    if form.is_valid():
        try:
            actions.change_follow_up(
                row, by=request.user, version=form.cleaned_data["version"] or 0, changes=form.values()
            )
        except StaleVersion as stale:
            theirs = stale.theirs
        else:
            return done(request, _("Saved."), back=reverse("interactions:follow_up", args=[pk]))
    context = {
        "follow_up": row,
        "row": follow_up_row(row, request.user),
        "client": row.client,
        "form": form if may_change else None,
        "repeats": dict(REPEATS).get(preset_of(row.recurrence), row.recurrence),
        "theirs": follow_up_row(theirs, request.user) if theirs else None,
    }
    return render(request, "interactions/follow_up.html", context, status=409 if theirs else 200)


def follow_up_create(request):
    client = get_client(request.user, request.GET.get("client", ""))
    tomorrow = current_calendar().next_working_day(due.preset_day(due.DAY, clock.today(request.user), 0))
    initial = {
        "owner": request.user.pk,
        "due_on": tomorrow,
        "due_time": due.MORNING,
        "priority": Priority.NORMAL,
        "matter": request.GET.get("matter"),
    }
    form = FollowUpForm(request.POST or None, initial=initial, user=request.user, client=client)
    if form.is_valid():
        made = actions.create_follow_up(by=request.user, client=client, **form.values())
        return done(request, _("Planned for %s.") % day(made.due_at), back=client_url(client))
    return render(request, "interactions/follow_up_create.html", {"form": form, "client": client})


def follow_up_done(request, pk):
    """A follow-up is done by a contact: this opens the log with it. Posted with an outcome, it is done without one."""
    row = get_follow_up(request.user, pk)
    if request.method != "POST":
        return redirect(f"{reverse('interactions:log')}?follow_up={row.pk}")
    form, back = OutcomeForm(request.POST), reverse("interactions:follow_up", args=[pk])
    if not form.is_valid():
        return refused(request, _("Say what came of it."), back=back)
    try:
        actions.finish_without_contact(row, by=request.user, outcome=form.cleaned_data["outcome"])
    except ValueError:
        return refused(request, _("A complaint is answered by a contact."), back=back)
    except (Refused, NotPossible) as problem:
        return refused(request, _words_of(problem), back=back)
    return done(request, _("Done."), back=back)


@require_POST
def follow_up_move(request, pk):
    """To another day: dropped there, or chosen from the menu."""
    row, form = get_follow_up(request.user, pk), MoveForm(request.POST)
    back = reverse("interactions:calendar")
    if not form.is_valid():
        return refused(request, _("This is not a day."), back=back)
    day_chosen = form.cleaned_data["day"]
    try:
        actions.move_follow_up(row, by=request.user, version=form.cleaned_data["version"], day=day_chosen)
    except StaleVersion:
        return refused(request, _("Somebody changed it meanwhile. Load the page again."), back=back)
    except (Refused, NotPossible) as problem:
        return refused(request, _words_of(problem), back=back)
    return done(request, _("Moved to %s.") % day(day_chosen), back=back)


@require_POST
def follow_up_snooze(request, pk):
    row = get_follow_up(request.user, pk)
    form = SnoozeForm(request.POST, user=request.user)
    back = reverse("interactions:follow_ups")
    if not form.is_valid():
        return refused(
            request,
            form.non_field_errors()[0] if form.non_field_errors() else _("Say until when."),
            back=back,
        )
    until = form.until_for(row, current_policy().cadence_days[row.client.cadence_grade])
    try:
        actions.snooze_follow_up(row, by=request.user, until=until)
    except (Refused, NotPossible) as problem:
        return refused(request, _words_of(problem), back=back)
    return done(request, _("Snoozed until %s.") % day(until), back=back)


def follow_up_cancel(request, pk):
    row = get_follow_up(request.user, pk)
    form = CancelForm(request.POST or None)
    if form.is_valid():
        try:
            actions.cancel_follow_up(row, by=request.user, reason=form.cleaned_data["reason"])
        except (Refused, NotPossible) as problem:
            return refused(request, _words_of(problem), back=reverse("interactions:follow_up", args=[pk]))
        return done(request, _("Cancelled."), back=reverse("interactions:follow_ups"))
    context = {"follow_up": row, "row": follow_up_row(row, request.user), "client": row.client, "form": form}
    return render(request, "interactions/follow_up_cancel.html", context)


def _words_of(problem) -> Refused | str:
    return problem if isinstance(problem, Refused) else _("This follow-up is no longer open.")


@require_POST
def next_step(request, pk):
    """The suggested next step of a relationship, planned in one click."""
    client = get_client(request.user, pk)
    try:
        planned = actions.schedule_next_step(client, by=request.user)
    except actions.NothingToSuggest:
        return refused(request, nothing_to_suggest(), back=client_url(client))
    words = _("Planned for %(day)s: %(what)s") % {
        "day": day(planned.due_at),
        "what": follow_up_words(planned.title, planned.origin),
    }
    link = (reverse("interactions:follow_up", args=[planned.pk]), _("Open"))
    return done(request, words, back=client_url(client), link=link)


def tell_progress(request, pk):
    """Tells the client how a matter stands: progress on the matter, and a contact in the log."""
    matter = get_matter(request.user, pk)
    form = ProgressForm(request.POST or None)
    back = reverse("matters:detail", args=[pk])
    if form.is_valid():
        do_tell_progress(matter, by=request.user, **form.cleaned_data)
        return done(request, _("Recorded, and logged as a contact."), back=back)
    context = {
        "form": form,
        "matter": matter,
        "client": matter.client,
        "purpose": Purpose.PROGRESS_REPORT.label,
    }
    return render(request, "interactions/tell_progress.html", context)
