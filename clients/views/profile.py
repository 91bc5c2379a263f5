"""The profile tab: the whole of what is known, and what keeps it true."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.access import get_client, get_counsel_of, get_fact_of
from clients.actions import facts as fact_actions
from clients.actions.upkeep import (
    NoConsent,
    NothingToTakeBack,
    add_counsel,
    log_disclosure,
    remove_counsel,
    take_back_verification,
    update_counsel,
    verify_profile,
)
from clients.forms.picking import KINDS, options_for
from clients.forms.profile import CounselForm, DisclosureForm, FactEditForm, FactForm, kinds_for
from clients.presenters import profile as words
from clients.queries.profile import counsel_of, disclosures_of, facts_of, roles_there
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.roles import may
from lawcrm.firm.views.saving import both_versions


def profile(request, pk):
    client, user, today = get_client(request.user, pk), request.user, clock.today(request.user)
    may_edit = may(user, "clients.edit")
    context = {
        "client": client,
        "may_edit": may_edit,
        "parts": words.parts(
            client,
            facts_of(client),
            user,
            may_edit=may_edit,
            may_reveal=may(user, "sealed.reveal"),
            today=today,
        ),
        "upkeep": words.upkeep(client, roles_there(client), today),
        "birthdays": words.birthdays(client.birth_date, today),
        "principles": words.principles(client, today),
        "disclosures": disclosures_of(client),
        "counsel": words.counsel_lines(counsel_of(client), may_edit, today),
        "undo": request.GET.get("verified") == "now" and client.verified_on == today,
    }
    return render(request, "clients/profile.html", context)


def verify(request, pk):
    """One click: looked through, and true."""
    client = get_client(request.user, pk)
    verify_profile(client, by=request.user)
    response = redirect("clients:profile", pk)
    response["Location"] += "?verified=now"  # the way back takes the focus: a fragment would take it away
    return response


def verify_undo(request, pk):
    """The click was a slip."""
    client = get_client(request.user, pk)
    try:
        take_back_verification(client, by=request.user)
    except NothingToTakeBack:
        messages.error(request, _("There is nothing to take back: somebody else verified it, or not today."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("clients:profile", pk)


def fact_add(request, pk):
    client = get_client(request.user, pk)
    held = fact_actions.held_by(client)
    form = FactForm(posted(request), kinds=kinds_for(client), held=held, user=request.user)
    if form.is_bound and form.is_valid():
        tell_added(request, fact_actions.add_fact(client, by=request.user, **form.cleaned_data), form)
        return redirect("clients:profile", pk)
    return _small_form(request, client, form, _("What else is known"))


def tell_added(request, fact, form) -> None:
    """The first of its kind is the main one, of which only the value itself is kept."""
    if fact is None and (form.cleaned_data["label"] or form.cleaned_data["since"]):
        messages.success(
            request, _("Saved as the main one. What for and since when is kept of further ones only.")
        )
    else:
        messages.success(request, _("Saved."))


def fact_change_form(request, pk, fact):
    client = get_client(request.user, pk)
    fact = get_fact_of(client, fact)
    form = FactEditForm(posted(request), user=request.user, instance=fact)
    if form.is_bound and form.is_valid():
        try:
            fact_actions.change_fact(
                fact, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            context = _small_context(client, form, fact.value)
            return both_versions(request, "clients/profile_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("clients:profile", pk)
    return _small_form(request, client, form, fact.value)


def fact_change(request, pk, fact, deed):
    client = get_client(request.user, pk)
    do_with_fact(get_fact_of(client, fact), deed, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("clients:profile", pk)


def do_with_fact(fact, deed: str, *, by) -> None:
    """Ends, takes away or promotes a fact; 404 for anything else."""
    if deed == "end":
        fact_actions.end_fact(fact, by=by, on=clock.today(by))
    elif deed == "remove":
        fact_actions.remove_fact(fact, by=by)
    elif deed == "main":
        fact_actions.make_main(fact, by=by)
    else:
        raise Http404


def counsel_create(request, pk):
    client = get_client(request.user, pk)
    form = CounselForm(posted(request))
    if form.is_bound and form.is_valid():
        add_counsel(client, by=request.user, **form.changes())
        messages.success(request, _("Saved."))
        return redirect("clients:profile", pk)
    return _small_form(request, client, form, _("Other counsel"))


def counsel_edit(request, pk, counsel):
    client = get_client(request.user, pk)
    counsel = get_counsel_of(client, counsel)
    form = CounselForm(posted(request), instance=counsel)
    more = {"remove_url": reverse("clients:counsel_remove", args=[pk, counsel.pk])}
    if form.is_bound and form.is_valid():
        try:
            update_counsel(
                counsel, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            context = _small_context(client, form, _("Other counsel"), **more)
            return both_versions(request, "clients/profile_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("clients:profile", pk)
    return _small_form(request, client, form, _("Other counsel"), **more)


def counsel_remove(request, pk, counsel):
    """It never was true."""
    client = get_client(request.user, pk)
    remove_counsel(get_counsel_of(client, counsel), by=request.user)
    messages.success(request, _("Taken away."))
    return redirect("clients:profile", pk)


def disclose(request, pk):
    """Writes a disclosure down, or says why there must be none."""
    client = get_client(request.user, pk)
    form = DisclosureForm(posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        try:
            log_disclosure(client, by=request.user, **form.cleaned_data)
        except NoConsent as problem:
            form.add_error(None, str(words.REFUSALS[problem.refusal]))
        else:
            messages.success(request, _("Written down."))
            return redirect("clients:profile", pk)
    refused = words.principles(client, clock.today(request.user)).words
    return _small_form(request, client, form, _("Disclosure to a third party"), refused=refused)


def pick(request):
    """While a name is typed: whom it may mean. Writes nothing."""
    field = request.GET.get("field", "")
    kinds = [kind for kind in request.GET.get("kinds", "").split(",") if kind in KINDS]
    typed = request.POST.get(f"{field}_words", "")
    context = {
        "name": field,
        "options": options_for(typed, request.user, kinds),
        "words": typed,
        "part": "found",
    }
    return render(request, "clients/pick.html", context)


def _small_context(client, form, title: str, **more) -> dict:
    return {"client": client, "form": form, "title": title, "current": "profile", **more}


def _small_form(request, client, form, title: str, **more):
    context = _small_context(client, form, title, **more)
    return render(request, "clients/profile_form.html", context, status=422 if form.is_bound else 200)
