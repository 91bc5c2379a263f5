"""The people at a client."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.access import get_client, get_place_of
from clients.actions.people import AlreadyThere, add_known_person, add_person, update_person
from clients.forms.people import PersonForm
from clients.queries.similar import people_with
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.queries.audit import last_saver


def person_create(request, pk):
    client = get_client(request.user, pk)
    form = PersonForm(posted(request), user=request.user)
    if form.is_bound and form.is_valid() and form.cleaned_data["known"]:
        return _add_known(request, client, form)
    if form.is_bound and form.is_valid():
        for known in people_with(form.cleaned_data["phone"], form.cleaned_data["email"], request.user):
            text = _("%s has the same phone or email.") % known.name
            form.add_warning(f"like-{known.pk}", text, reverse("clients:person", args=[known.pk]))
        if not form.unseen_warnings:
            person = add_person(by=request.user, client=client, **form.values())
            messages.success(request, _("%s was added.") % person.name)
            return redirect("clients:detail", pk)
    return render(request, "clients/person_form.html", {"form": form, "client": client}, status=_status(form))


def _add_known(request, client, form):
    """Somebody on record has a place here too."""
    person, told = form.cleaned_data["known"].who, form.cleaned_data
    place = {name: told[name] for name in ("roles", "position", "since")}
    try:
        add_known_person(by=request.user, client=client, person=person, **place)
    except AlreadyThere:
        form.add_error("known", _("%s is here already.") % person.name)
        return render(request, "clients/person_form.html", {"form": form, "client": client}, status=422)
    messages.success(request, _("%s was added.") % person.name)
    return redirect("clients:detail", client.pk)


def person_edit(request, pk, place):
    client = get_client(request.user, pk)
    place = get_place_of(client, place)
    form = PersonForm(posted(request), place=place)
    context = {"form": form, "client": client, "person": place.person}
    if form.is_bound and form.may_be_saved():
        try:
            update_person(
                place, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except AlreadyThere:
            form.add_error("ended_on", _("They have another place here that has not ended."))
            return render(request, "clients/person_form.html", context, status=422)
        except StaleVersion as stale:
            form.place = get_place_of(client, place.pk)  # the place as it stands now, beside the person
            context |= {"differences": form.differences(stale.theirs), "saver": last_saver(place)}
            form.rebase(stale.theirs)
            return render(request, "clients/person_form.html", context, status=409)
        messages.success(request, _("Saved."))
        return redirect("clients:person", place.person_id)
    return render(request, "clients/person_form.html", context, status=_status(form))


def _status(form) -> int:
    return 422 if form.is_bound else 200
