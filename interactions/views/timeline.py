"""A client's timeline by itself: narrowed, searched, printed; and what is pinned above it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from clients.panels import ClientPage
from interactions.access import get_contact, get_must_know
from interactions.actions import must_know as actions
from interactions.presenters.beside import must_know_lines
from interactions.presenters.call_card import call_card
from interactions.queries.beside import beside_timeline
from interactions.timeline import TimelinePage, Wanted, timeline_page, words_hidden_in
from interactions.views.answers import done, refused
from interactions.views.logging import client_url
from lawcrm.firm.roles import may

LONGEST_SEARCH = 200
IN_A_BRIEF = 200


def client_timeline(request, pk):
    """A page of the timeline: the lines alone for htmx, else a page of their own. What is looked for is posted."""
    client = get_client(request.user, pk)
    wanted = _wanted(request)
    if request.method == "POST" and not request.htmx:
        return redirect(
            f"{reverse('interactions:client_timeline', args=[pk])}?{TimelinePage(wanted=wanted).query}"
        )
    page = timeline_page(request.user, client, request.GET.get("older", ""), wanted=wanted)
    context = {"client": client, "timeline": page, "may_pin": may(request.user, "contacts.log")}
    if not request.htmx:
        context["must_know"] = must_know_lines(beside_timeline(client, request.user))
        return render(request, "interactions/timeline.html", context)
    part = "lines" if request.GET.get("older") else "story"
    return render(request, f"interactions/timeline_{part}.html", context)


def _wanted(request) -> Wanted:
    if request.method == "POST":
        return Wanted.of(request.POST.getlist("show"), request.POST.get("q", "")[:LONGEST_SEARCH])
    return Wanted.of(request.GET.getlist("show"), words_hidden_in(request.GET.get("s", "")))


def brief(request, pk):
    """The timeline to take along: who they are, what must be known, and the latest of what happened."""
    client = get_client(request.user, pk)
    page = ClientPage(request, client)
    wanted = _wanted(request)
    context = {
        "client": client,
        "page": page,
        "card": call_card(page),
        "timeline": timeline_page(request.user, client, size=IN_A_BRIEF, wanted=wanted),
    }
    return render(request, "interactions/brief.html", context)


@require_POST
def pin(request, pk):
    """A contact to the top of the timeline."""
    contact = get_contact(request.user, pk)
    try:
        actions.pin_contact(contact, by=request.user)
    except actions.TooMany:
        return refused(request, _too_many(), back=client_url(contact.client))
    return done(request, _("Pinned: it stands above the timeline."), back=client_url(contact.client))


@require_POST
def write(request, pk):
    client = get_client(request.user, pk)
    try:
        actions.write_must_know(client, by=request.user, text=request.POST.get("text", ""))
    except actions.TooMany:
        return refused(request, _too_many(), back=client_url(client))
    except ValueError:
        return refused(request, _("Say what must be known."), back=client_url(client))
    return done(request, _("Pinned: it stands above the timeline."), back=client_url(client))


@require_POST
def take_down(request, pk):
    row = get_must_know(request.user, pk)
    actions.take_down(row, by=request.user)
    return done(request, _("Taken down."), back=client_url(row.client))


def _too_many() -> str:
    return _("Enough is pinned already: take something down first.")
