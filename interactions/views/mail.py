"""Mail into the log: one's private address, and the mails nobody could be found for."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from clients.access import get_client, visible_clients
from interactions.access import get_inbound_mail, visible_inbound_mail
from interactions.actions.mail import discard, full_address, log_waiting, make_mail_address, told_of
from interactions.presenters.mail import mail_line
from interactions.queries.addresses import known_behind
from interactions.queries.clients import clients_to_pick
from interactions.queries.mail import address_of, to_look_at
from lawcrm.firm.paging import keyset_page

NEWEST_FIRST = ("-at", "-id")


def mail_in(request):
    """The inbox, and above it the address."""
    page = keyset_page(to_look_at(visible_inbound_mail(request.user)), NEWEST_FIRST, request.GET, size=20)
    held = address_of(request.user)
    context = {
        "lines": [mail_line(row) for row in page.rows],
        "page": page,
        "address": full_address(held.token) if held else "",
        "takes_mail": bool(settings.MAIL_IN_ADDRESS),
    }
    return render(request, "interactions/mail_in.html", context)


def mail_in_address(request):
    make_mail_address(request.user)
    messages.success(request, _("This is your new address. The old one reaches nobody any more."))
    return redirect("interactions:mail_in")


def mail_in_choose(request, pk):
    """Whose mail it is: those its addresses point to, or any client found by a few letters; the words are posted."""
    row = get_inbound_mail(request.user, pk)
    words = request.POST.get("q", "")
    guessed = [known.client for known in known_behind(request.user, told_of(row)["others"])]
    found = (
        guessed
        if guessed and not words
        else clients_to_pick(visible_clients(request.user), request.user, words)
    )
    context = {
        "line": mail_line(row),
        "clients": found,
        "words": words,
        "guessed": bool(guessed) and not words,
    }
    return render(request, "interactions/mail_in_choose.html", context)


def mail_in_log(request, pk):
    row = get_inbound_mail(request.user, pk)
    client = get_client(request.user, request.POST.get("client", ""))
    contact = log_waiting(row, client, by=request.user)
    if contact is not None:
        address = reverse("interactions:detail", args=[contact.pk])
        messages.success(
            request, format_html('{} <a href="{}">{}</a>', _("Logged."), address, _("Look at the contact"))
        )
    return redirect("interactions:mail_in")


def mail_in_discard(request, pk):
    discard(get_inbound_mail(request.user, pk), by=request.user)
    messages.success(request, _("Discarded. Nothing of it is kept."))
    return redirect("interactions:mail_in")
