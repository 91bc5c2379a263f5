"""What a client needs, step by step; and what the firm's clients ask for."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clients.access import get_client, get_need, people_at, visible_needs
from clients.actions.needs import change_need, move_need, record_need
from clients.enums import NeedStatus
from clients.forms.needs import AssessmentForm, DropForm, NeedFilter, NeedForm
from clients.presenters import needs as words
from clients.queries.needs import count_by_age, count_by_field_and_status, needs_of, steps_of
from clients.rules import needs as rules
from clients.service_plans import plans_named
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.queries.audit import last_saver
from lawcrm.firm.roles import may


def needs(request, pk):
    client, today = get_client(request.user, pk), clock.today(request.user)
    found, editable = needs_of(client), may(request.user, "clients.edit")
    plans = plans_named(request.user, {need.service_plan_id for need in found if need.service_plan_id})
    context = {
        "client": client,
        "layers": words.layers(found, today, plans, editable=editable),
        "ended": words.ended_cards(found, today, plans, editable=editable),
        "any": bool(found),
    }
    return render(request, "clients/needs.html", context)


def need_create(request, pk):
    client = get_client(request.user, pk)
    initial = {
        "owner": client.responsible_id,
        "found_on": clock.today(),
        "layer": request.GET.get("layer", ""),
    }
    form = NeedForm(posted(request), people=people_at(client), initial=initial)
    if form.is_valid():
        record_need(client, by=request.user, **form.changes())
        messages.success(request, _("The need is on record. Next: assess it."))
        return redirect("clients:needs", pk)
    return render(request, "clients/need_form.html", {"client": client, "form": form})


def need_edit(request, pk, need):
    client = get_client(request.user, pk)
    held = get_need(client, need)
    form = NeedForm(posted(request), people=people_at(client), instance=held)
    context = {"client": client, "form": form, "need": held}
    if form.is_valid():
        try:
            change_need(held, by=request.user, version=form.cleaned_data["version"], changes=form.changes())
        except StaleVersion as stale:
            context |= {"differences": form.differences(stale.theirs), "saver": last_saver(held)}
            form.rebase(stale.theirs)
            return render(request, "clients/need_form.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect("clients:needs", pk)
    context["steps"] = words.step_lines(steps_of(held))
    return render(request, "clients/need_form.html", context)


def need_move(request, pk, need, move):
    """One step of the table; assessing and dropping ask for more, the others are one click."""
    client = get_client(request.user, pk)
    held = get_need(client, need)
    form = _form_of(request, held, move)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = dict(form.cleaned_data) if form else {}
        try:
            move_need(held, by=request.user, move=move, note=given.pop("note", ""), assessment=given)
        except rules.NotPossible:
            messages.error(
                request, _("Somebody else has moved this need meanwhile. This is where it stands now.")
            )
        else:
            messages.success(request, _("Saved."))
        return redirect("clients:needs", pk)
    if form is None:
        return redirect("clients:needs", pk)
    context = {"client": client, "need": held, "form": form, "title": words.MOVES[move]}
    return render(request, "clients/need_move.html", context)


def _form_of(request, need, move):
    if move not in words.MOVES:
        raise Http404
    if move == rules.ASSESS:
        initial = {name: getattr(need, name) for name in (*rules.ASSESSMENT, "assessment")}
        return AssessmentForm(posted(request), initial=initial)
    return DropForm(posted(request)) if move == rules.DROP else None


def need_list(request):
    """What the clients one sees ask for: by field of law, by status, by age."""
    chosen, today = NeedFilter(request.GET), clock.today(request.user)
    visible = visible_needs(request.user)
    page = keyset_page(chosen.narrow(visible.for_lists(), request.user), ("found_on", "id"), request.GET)
    maker = words.LineMaker(today)
    context = {"filter": chosen, "page": page, "rows": [maker.line(need) for need in page.rows]}
    if request.htmx:
        return render(request, "clients/need_list.html#table", context)
    whole = chosen.narrow(visible, request.user, by_status=False)
    context |= {
        "asked_for": words.asked_for(count_by_field_and_status(whole), request.GET),
        "statuses": [status.label for status in NeedStatus],
        "ages": words.ages(count_by_age(whole, today), request.GET),
    }
    return render(request, "clients/need_list.html", context)
