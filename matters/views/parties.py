"""Parties and the team of a matter."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.views.saving import both_versions
from matters.access import get_matter, get_party_of
from matters.actions.conflicts import Refused
from matters.actions.parties import add_party, change_party, put_on_team, take_off_team
from matters.forms.parties import PartyForm, TeamForm
from matters.presenters.conflicts import refused_words


def party_add(request, pk):
    matter = get_matter(request.user, pk)
    form = PartyForm(posted(request))
    if form.is_valid():
        try:
            add_party(matter, by=request.user, **form.changes())
        except Refused as refused:
            form.add_error(None, refused_words(refused.check, request.user))
        else:
            messages.success(
                request, _("The party is on record, and the matter was checked for conflicts again.")
            )
            return redirect("matters:detail", pk)
    return render(request, "matters/party_form.html", {"form": form, "matter": matter})


def party_edit(request, pk, party):
    matter = get_matter(request.user, pk)
    held = get_party_of(matter, party)
    form = PartyForm(posted(request), instance=held)
    context = {"form": form, "matter": matter, "party": held}
    if form.is_valid():
        try:
            change_party(held, by=request.user, version=form.cleaned_data["version"], changes=form.changes())
        except StaleVersion as stale:
            return both_versions(request, "matters/party_form.html", context, stale)
        except Refused as refused:
            form.add_error(None, refused_words(refused.check, request.user))
            return render(request, "matters/party_form.html", context)
        messages.success(request, _("Saved."))
        return redirect("matters:detail", pk)
    return render(request, "matters/party_form.html", context)


@require_POST
def team_change(request, pk):
    matter = get_matter(request.user, pk)
    form = TeamForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose somebody of the firm."))
        return redirect("matters:detail", pk)
    user, role = form.cleaned_data["user"], form.cleaned_data["role"]
    if role:
        put_on_team(matter, by=request.user, user=user, role=role)
    else:
        take_off_team(matter, by=request.user, user=user)
    messages.success(request, _("Saved."))
    return redirect("matters:detail", pk)
