"""Logging one visit or event with several clients at once."""

from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.access import visible_clients
from interactions.actions.acts import MOST, TooManyClients, log_act
from interactions.enums import Channel, Purpose
from interactions.forms.contacts import ActForm
from interactions.presenters.quick_log import PAGE, QuickLog
from interactions.queries.clients import chosen_clients, clients_to_pick
from interactions.views.logging import more_of_us

OFFERED_BESIDE = 8


def log_several(request):
    """The clients first, then what was done with all of them; each gets a contact of its own."""
    user, sent = request.user, request.POST
    chosen = chosen_clients(
        visible_clients(user), _keys(sent.getlist("clients") or request.GET.getlist("clients"))
    )
    picking = request.method != "POST" or "pick" in sent or request.headers.get("HX-Target") == "act-clients"
    if picking:
        initial = {"channel": Channel.EVENT, "purposes": [Purpose.EVENT]}
        form = ActForm(user=user, clients=chosen, initial=initial)
        return _draw(request, form, chosen, words=sent.get("q", ""))
    form = ActForm(sent, request.FILES, user=user, clients=chosen)
    if not form.is_valid():
        return _draw(request, form, chosen, status=422)
    try:
        contacts = log_act(by=user, clients=chosen, next_of=form.next_of, **form.values())
    except TooManyClients:
        form.add_error(None, _("At most %d clients at once.") % MOST)
        return _draw(request, form, chosen, status=422)
    words = ngettext("Logged with %d client.", "Logged with %d clients.", len(contacts)) % len(contacts)
    messages.success(request, words)
    return redirect(reverse("interactions:detail", args=[contacts[0].pk]))


def _draw(request, form, chosen, *, words: str = "", status: int = 200):
    taken = {client.pk for client in chosen}
    found = [
        one
        for one in clients_to_pick(visible_clients(request.user), request.user, words)
        if one.pk not in taken
    ]
    context = {"chosen": chosen, "found": found[:OFFERED_BESIDE], "words": words}
    if request.htmx:
        return render(request, "interactions/log_several.html#clients", context)
    context |= {
        "quick": QuickLog(form, chosen[0] if chosen else None, PAGE),
        "more": more_of_us(form),
        "form": form,
    }
    return render(request, "interactions/log_several.html", context, status=status)


def _keys(texts) -> list[UUID]:
    found = []
    for text in texts[: MOST + 1]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
