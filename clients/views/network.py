"""The network tab: who is what to whom, and who of us knows them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clients import acquaintance
from clients.access import get_client, get_link
from clients.actions.links import add_link, edit_link, end_link, remove_link
from clients.forms.network import LinkEditForm, LinkForm
from clients.presenters import network as words
from clients.presenters.network_picture import picture
from clients.presenters.profile import Deed
from clients.queries.network import colleagues_named, links_around, places_at
from clients.rules.acquaintance import WINDOW, acquaintances
from clients.rules.facts import has_ended
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.roles import may
from lawcrm.firm.views.saving import both_versions


def network(request, pk):
    client, user, today = get_client(request.user, pk), request.user, clock.today(request.user)
    may_edit = may(user, "clients.edit")
    places = places_at(client)
    present = [place for place in places if place.ended_on is None]
    names = {place.person_id: place.person.name for place in places}
    there = {place.person_id: place.person.name for place in present}
    met = acquaintance.meetings(user, client=client.pk, since=today - WINDOW)
    found = acquaintances(met, today)
    colleagues = colleagues_named({one.of_us for one in found})
    links = links_around(user, today, clients=[client.pk], people=list(there))
    centre = words.End(f"c{client.pk}", client.name, "client")
    around = [(_end(place), "、".join(place.role_words[:1])) for place in present]
    rows = words.link_rows(
        links,
        {centre.key, *(end.key for end, _role in around)},
        today,
        _deeds(client, may_edit, today),
        lambda link: reverse("clients:link_edit", args=[client.pk, link.pk]) if may_edit else "",
    )
    holding = [row for row in rows if not row.former]
    context = {
        "client": client,
        "may_edit": may_edit,
        "knows": words.knows_rows(found, colleagues, names),
        "warnings": words.key_person_warnings(client, met, there, lambda _ids: colleagues, today),
        "rows": rows,
        "picture": picture(centre, around, holding) if holding or around else None,
    }
    return render(request, "clients/network.html", context)


def _end(place):
    person = place.person
    return words.End(f"p{person.pk}", person.name, "person", reverse("clients:person", args=[person.pk]))


def _deeds(client, may_edit: bool, today):
    def deeds(link):
        if not may_edit:
            return ()
        ask = _("Take it away? It stays in the audit trail only.")
        remove = Deed(
            _("Never was true"), reverse("clients:link_change", args=[client.pk, link.pk, "remove"]), ask
        )
        if has_ended(link.until, today):
            return (remove,)
        return (
            Deed(_("No longer holds"), reverse("clients:link_change", args=[client.pk, link.pk, "end"])),
            remove,
        )

    return deeds


def link_create(request, pk):
    client = get_client(request.user, pk)
    people = [place.person for place in places_at(client) if place.ended_on is None]
    form = LinkForm(posted(request), user=request.user, client=client, people=people)
    if form.is_bound and form.is_valid():
        add_link(by=request.user, **form.values())
        messages.success(request, _("Saved."))
        return redirect("clients:network", pk)
    context = {
        "client": client,
        "form": form,
        "title": _("New link"),
        "current": "network",
        "back": "clients:network",
    }
    return render(request, "clients/profile_form.html", context, status=422 if form.is_bound else 200)


def link_edit(request, pk, link):
    """What a link says is mended where it stands; who stands at its ends would be another link."""
    client, link = get_client(request.user, pk), get_link(request.user, link)
    _check_belongs(client, link)
    there, today = {place.person_id for place in places_at(client)}, clock.today(request.user)
    (row,) = words.link_rows([link], {f"c{client.pk}", *(f"p{key}" for key in there)}, today)
    form = LinkEditForm(posted(request), link=link, own={client.pk, *there})
    context = {
        "client": client,
        "form": form,
        "title": row.sentence,
        "current": "network",
        "back": "clients:network",
    }
    if form.is_bound and form.is_valid():
        try:
            edit_link(link, by=request.user, version=form.cleaned_data["version"], **form.values())
        except StaleVersion as stale:
            return both_versions(request, "clients/profile_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("clients:network", pk)
    return render(request, "clients/profile_form.html", context, status=422 if form.is_bound else 200)


def link_change(request, pk, link, deed):
    """Ends a link or takes it away; from the page of a client whose network it belongs to."""
    client, link = get_client(request.user, pk), get_link(request.user, link)
    _check_belongs(client, link)
    if deed == "end":
        end_link(link, by=request.user, on=clock.today(request.user))
    elif deed == "remove":
        remove_link(link, by=request.user)
    else:
        raise Http404
    messages.success(request, _("Saved."))
    return redirect("clients:network", pk)


def _check_belongs(client, link) -> None:
    there = {place.person_id for place in places_at(client)}
    if client.pk not in (link.from_client_id, link.to_client_id) and not there & {
        link.from_person_id,
        link.to_person_id,
    }:
        raise Http404
