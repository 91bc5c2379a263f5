"""A person on record: where they are and were, how to reach them, who of us knows them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clients import acquaintance
from clients.access import get_person, get_person_fact_of, get_place
from clients.actions.facts import add_fact, change_fact, held_by
from clients.actions.people import AlreadyThere, leave_client, move_person
from clients.forms.network import MoveForm
from clients.forms.profile import OF_PEOPLE, FactEditForm, FactForm
from clients.presenters import network as words
from clients.presenters.person import person_page
from clients.queries.network import colleagues_named, facts_of_person, links_around, places_of
from clients.rules.acquaintance import WINDOW, acquaintances
from clients.views.profile import do_with_fact, tell_added
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.roles import may
from lawcrm.firm.views.saving import both_versions


def person(request, person):
    one, user, today = get_person(request.user, person), request.user, clock.today(request.user)
    places = places_of(one, user)
    met = acquaintances(acquaintance.meetings(user, person=one.pk, since=today - WINDOW), today)
    links = links_around(user, today, people=[one.pk])
    context = {
        "person": one,
        "page": person_page(one, places, facts_of_person(one), today, may_edit=may(user, "clients.edit")),
        "knows": words.knows_rows(met, colleagues_named({found.of_us for found in met}), {one.pk: one.name}),
        "rows": words.link_rows(links, {f"p{one.pk}"}, today),
    }
    return render(request, "clients/person.html", context)


def person_fact_add(request, person):
    one = get_person(request.user, person)
    form = FactForm(posted(request), kinds=OF_PEOPLE, held=held_by(one), user=request.user)
    if form.is_bound and form.is_valid():
        tell_added(request, add_fact(one, by=request.user, **form.cleaned_data), form)
        return redirect("clients:person", one.pk)
    return _form(request, one, form, _("What else is known"))


def person_fact_change(request, person, fact, deed):
    one = get_person(request.user, person)
    do_with_fact(get_person_fact_of(one, fact), deed, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("clients:person", one.pk)


def person_fact_change_form(request, person, fact):
    one = get_person(request.user, person)
    fact = get_person_fact_of(one, fact)
    form = FactEditForm(posted(request), user=request.user, instance=fact)
    if form.is_bound and form.is_valid():
        try:
            change_fact(fact, by=request.user, version=form.cleaned_data["version"], changes=form.changes())
        except StaleVersion as stale:
            context = {"person": one, "form": form, "title": fact.value}
            return both_versions(request, "clients/person_small_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("clients:person", one.pk)
    return _form(request, one, form, fact.value)


def person_move(request, person, place):
    """They left, or went to another client."""
    one, place = get_person(request.user, person), get_place(request.user, place)
    if place.person_id != one.pk or place.ended_on:
        raise Http404
    form = MoveForm(posted(request), user=request.user, place=place)
    if form.is_bound and form.is_valid():
        try:
            _move(place, form.cleaned_data, by=request.user)
        except AlreadyThere:
            messages.error(request, _("They are on record there already."))
        else:
            messages.success(request, _("Saved."))
        return redirect("clients:person", one.pk)
    return _form(request, one, form, _("Left %s") % place.client.name)


def _move(place, told: dict, *, by) -> None:
    if told["to"]:
        move_person(
            place, by=by, on=told["on"], client=told["to"].who, roles=told["roles"], position=told["position"]
        )
    else:
        leave_client(place, by=by, on=told["on"])


def _form(request, one, form, title: str):
    context = {"person": one, "form": form, "title": title}
    return render(request, "clients/person_small_form.html", context, status=422 if form.is_bound else 200)
