"""An invitation out of a calendar or a mail (.ics), made the draft of a contact."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.access import get_client, visible_clients
from interactions.actions.invitations import draft_from, follow_up_from
from interactions.forms.invitations import InvitationForm
from interactions.presenters.invitations import invitation_page
from interactions.queries.addresses import known_behind, people_of_the_firm
from interactions.queries.clients import clients_to_pick
from interactions.views.answers import done
from lawcrm.firm import clock
from lawcrm.firm.forms.base import posted


def invitation(request):
    """Read, then matched: one client whose people were invited is taken; else somebody chooses."""
    form = InvitationForm(posted(request), request.FILES or None, user=request.user)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "interactions/invitation.html", {"form": form}, status=status)
    held, at, words = form.invitation, form.cleaned_data["at"], form.cleaned_data["q"]
    if form.cleaned_data["remind"]:
        return _remind(request, held, get_client(request.user, form.cleaned_data["remind"]), at)
    if form.cleaned_data["client"]:
        return _draft(request, held, get_client(request.user, form.cleaned_data["client"]), at)
    known = known_behind(request.user, held.addresses)
    if len(known) == 1 and held.is_plain and at <= clock.now() and not words:
        return _draft(request, held, known[0].client, at)
    return _choose(request, form, known, words)


def _draft(request, held, client, at):
    draft = draft_from(held, client, by=request.user, at=at)
    return redirect(f"{reverse('interactions:log')}?draft={draft.pk}")


def _remind(request, held, client, at):
    row = follow_up_from(held, client, by=request.user, at=at)
    link = (reverse("interactions:follow_up", args=[row.pk]), _("Look at it"))
    return done(
        request,
        _("It stands among your follow-ups."),
        back=reverse("clients:detail", args=[client.pk]),
        link=link,
    )


def _choose(request, form, known, words: str):
    guessed = [one.client for one in known] if not words else []
    clients = guessed or clients_to_pick(visible_clients(request.user), request.user, words)
    ours = people_of_the_firm(form.invitation.addresses)
    context = {
        "form": form,
        "page": invitation_page(form.invitation, form.cleaned_data["at"], known, ours, clock.now()),
        "clients": clients,
        "guessed": bool(guessed),
        "words": words,
    }
    return render(request, "interactions/invitation_choose.html", context)
