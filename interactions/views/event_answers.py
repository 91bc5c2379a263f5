"""The guest's side of an invitation: a page without login, behind a link that cannot be guessed."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache

from interactions.actions.events import LinkClosed, door_token, invited_by
from interactions.actions.events import answer as do_answer
from interactions.presenters.events import event_row, qr_code
from interactions.presenters.messages import language_of
from interactions.rules.texts import language_like
from lawcrm.firm import clock
from lawcrm.firm.addresses import absolute


@login_not_required
@never_cache
def answer(request, token):
    """GET shows the invitation and writes nothing, so that a mail scanner answers for nobody."""
    try:
        if request.method == "POST" and request.POST.get("answer") in ("yes", "no"):
            do_answer(token, comes=request.POST["answer"] == "yes")
            return _unlinked(redirect("care:answer", token))
        guest = invited_by(token)
    except LinkClosed:
        return _unlinked(render(request, "care/answer_closed.html", status=404))
    with translation.override(language_like(language_of(guest.client, guest.person))):
        context = {
            "guest": guest,
            "line": event_row(guest.event, clock.now()),
            "name": guest.person.name if guest.person else guest.client.name,
            "qr": qr_code(absolute(f"/care/door/{door_token(guest)}/"))
            if guest.answer == "yes" and not guest.waiting_since
            else "",
        }
        return _unlinked(render(request, "care/answer.html", context))


def _unlinked(response):
    """Keeps the secret link out of what the browser tells the next site (as for surveys)."""
    response.headers["Referrer-Policy"] = "same-origin"
    return response
