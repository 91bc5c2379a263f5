"""The call-preparation card, and settling what a client promised."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from clients.panels import ClientPage
from interactions.access import get_follow_up, get_promise
from interactions.actions.promises import SettledAlready, settle_promise
from interactions.enums import Channel
from interactions.presenters.call_card import call_card
from interactions.views.answers import done, refused
from interactions.views.logging import client_url


def card(request, pk):
    """In a dialog from any row, or as a page to print."""
    client = get_client(request.user, pk)
    asked = request.GET.get("follow_up")
    follow_up = get_follow_up(request.user, asked) if asked else None
    if follow_up is not None and follow_up.client_id != client.pk:
        follow_up = None
    channel = request.GET.get("channel", "")
    page = ClientPage(request, client)
    drawn = call_card(page, channel=channel if channel in Channel.values else "", follow_up=follow_up)
    template = "interactions/call_card.html#card" if request.htmx else "interactions/call_card.html"
    return render(request, template, {"card": drawn, "client": client, "page": page})


@require_POST
def settle(request, pk):
    """What a client promised has come, or will not."""
    promise = get_promise(request.user, pk)
    client, kept = promise.contact.client, request.POST.get("kept") == "yes"
    try:
        settle_promise(promise, by=request.user, kept=kept)
    except (SettledAlready, ValueError):
        return refused(request, _("This promise is settled already."), back=client_url(client))
    words = _("Noted: the promise was kept.") if kept else _("Noted: the promise will not be kept.")
    return done(request, words, back=client_url(client))
