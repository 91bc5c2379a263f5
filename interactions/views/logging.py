"""Logging a contact: the quick log in a dialog, at the top of a client page, or as a page of its own."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from clients.access import get_client, visible_clients
from interactions.access import get_follow_up, visible_follow_ups
from interactions.actions.contacts import log_contact
from interactions.enums import Channel, Purpose
from interactions.forms.contacts import LogForm
from interactions.presenters.quick_log import DIALOG, INLINE, PAGE, MoreFields, QuickLog
from interactions.presenters.words import channel_words
from interactions.queries.clients import clients_to_pick
from interactions.queries.follow_ups import settled_by_a_contact
from interactions.views.answers import changed, done, tell
from lawcrm.firm.queries.people import working_people
from matters.access import visible_matters

SHAPES = (INLINE, DIALOG, PAGE)


def log(request):
    """The form, or first the question which client; POST logs."""
    if request.method == "POST":
        return _save(request)
    follow_up = (
        get_follow_up(request.user, request.GET["follow_up"]) if request.GET.get("follow_up") else None
    )
    if follow_up:
        client = follow_up.client
    elif request.GET.get("client"):
        client = get_client(request.user, request.GET["client"])
    else:
        return _which_client(request, "")
    form = LogForm(user=request.user, client=client, initial=_initial(request.GET, follow_up))
    return _draw(request, form, client, DIALOG if request.htmx else PAGE, request.GET.get("back", ""))


def _initial(params, follow_up) -> dict:
    purpose = params.get("purpose") or (follow_up.purpose if follow_up else "")
    return {
        "purposes": [purpose] if purpose in Purpose.values else [],
        "channel": params["channel"] if params.get("channel") in Channel.values else Channel.PHONE,
        "matter": params.get("matter") or (follow_up.matter_id if follow_up else None),
        "does": follow_up.pk if follow_up else None,
    }


def _save(request):
    client = get_client(request.user, request.POST.get("client", ""))
    shape = request.POST.get("shape") if request.POST.get("shape") in SHAPES else PAGE
    form = LogForm(request.POST, user=request.user, client=client)
    if not form.is_valid():
        return _draw(request, form, client, shape, request.POST.get("back", ""), status=422)
    contact = log_contact(by=request.user, client=client, **form.values())
    words = _("Logged: %(channel)s, %(client)s.") % {
        "channel": channel_words(contact.channel),
        "client": client.name,
    }
    undo = (reverse("interactions:withdraw", args=[contact.pk]) + "?undo=1", _("Undo"))
    if not request.htmx:
        return done(request, words, back=client_url(client), link=undo)
    if shape == INLINE:  # a fresh form takes the place of the sent one
        fresh = _draw(request, LogForm(user=request.user, client=client), client, shape, "")
        return changed(tell(fresh, words, link=undo))
    told = changed(tell(HttpResponse(status=204), words, link=undo))
    return trigger_client_event(told, "lawcrm:close")  # last: it takes the form away, and its events with it


def client_url(client) -> str:
    return reverse("clients:detail", args=[client.pk])


def _draw(request, form, client, shape: str, back: str, status: int = 200):
    follow_ups = settled_by_a_contact(visible_follow_ups(request.user), client)
    quick = QuickLog(form, client, shape, follow_ups, back)
    context = {"quick": quick, "client": client}
    if shape == PAGE or form.is_bound:
        context["more"] = more_fields(request.user, client, form)
    if shape == PAGE and not request.htmx:
        return render(request, "interactions/log.html", context, status=status)
    return render(request, "interactions/quick_log.html", context, status=status)


def log_more(request, pk):
    """The rest of the form, fetched when it is opened."""
    client = get_client(request.user, pk)
    form = LogForm(user=request.user, client=client, initial={"matter": request.GET.get("matter")})
    quick = QuickLog(form, client, request.GET.get("shape", DIALOG))
    return render(
        request,
        "interactions/quick_log_more.html",
        {"quick": quick, "more": more_fields(request.user, client, form)},
    )


def more_fields(user, client, form) -> MoreFields:
    people = [place.person for place in client.places.present().select_related("person")]
    matters = visible_matters(user).filter(client=client).order_by("-state", "-accepted_on")[:50]
    return MoreFields.of(form, people, matters, working_people())


# -- which client ---------------------------------------------------------------------------------------------


def log_clients(request):
    """Clients by a few letters of their name; the words are posted, addresses are logged."""
    return _which_client(request, request.POST.get("q", ""))


def _which_client(request, words: str):
    context = {"clients": clients_to_pick(visible_clients(request.user), request.user, words), "words": words}
    if not request.htmx:
        return render(request, "interactions/log_client.html", context)
    part = "found" if request.method == "POST" else "picker"
    return render(request, f"interactions/log_client.html#{part}", context)
