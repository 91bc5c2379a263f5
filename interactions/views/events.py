"""Events: the list, one of them with its guests, and the door."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clients.access import visible_clients, visible_views
from clients.forms.client_list import ClientListForm
from interactions.access import get_event, get_guest, guest_at_the_door, visible_events, visible_guests
from interactions.actions import events as actions
from interactions.forms.events import AfterForm, AudienceForm, EventForm
from interactions.presenters import events as words
from interactions.queries.event_effect import after_event
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page

MOST_GUESTS = 5_000


def event_list(request):
    page = keyset_page(visible_events(request.user), ("-starts_at", "-id"), request.GET)
    now = clock.now()
    context = {"page": page, "rows": [words.event_row(one, now) for one in page.rows]}
    return render(request, "care/events.html", context)


def event_new(request):
    form = EventForm(posted(request), initial={"organiser": request.user.pk})
    if form.is_valid():
        made = actions.make_event(by=request.user, **form.values())
        return redirect("care:event", made.pk)
    return render(request, "care/event_form.html", {"form": form})


def event_edit(request, pk):
    held = get_event(request.user, pk)
    initial = {name: getattr(held, name) for name in (*actions.EDITABLE, "version")}
    form = EventForm(posted(request), initial=initial | {"organiser": held.organiser_id})
    if form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            actions.change_event(held, by=request.user, version=version, changes=form.values())
        except StaleVersion:
            messages.error(
                request, _("Somebody else has saved this event meanwhile. This is how it stands now.")
            )
            return redirect("care:event_edit", pk)
        messages.success(request, _("Saved."))
        return redirect("care:event", pk)
    return render(request, "care/event_form.html", {"form": form, "event": held})


def event(request, pk):
    held = get_event(request.user, pk)
    guests = visible_guests(request.user).filter(event=held)
    page = keyset_page(guests.for_lists(), ("id",), request.GET)
    context = {
        "event": held,
        "event_key": str(held.pk),
        "line": words.event_row(held, clock.now()),
        "page": page,
        "rows": [words.guest_row(one) for one in page.rows],
        "outcome": words.outcome(held, guests.figures(), after_event(held, guests)),
        "audience": AudienceForm(views=visible_views(request.user)),
        "after": AfterForm(initial={"title": _("Ask how they liked it: %s") % held.title}),
    }
    return render(request, "care/event.html", context)


@require_POST
def event_act(request, pk):
    """Guests from a list, invitations, follow-ups, or the end of it."""
    held = get_event(request.user, pk)
    deed = _DEEDS.get(request.POST.get("act", ""))
    if deed is None:
        raise Http404
    deed(request, held)
    return redirect("care:event", pk)


def _invite_list(request, held):
    form = AudienceForm(request.POST, views=visible_views(request.user))
    if not form.is_valid():
        messages.error(request, _("Choose a saved list."))
        return
    listed = ClientListForm.of_state(form.cleaned_data["view"].state)
    clients = visible_clients(request.user)
    found = listed.narrow(clients, request.user, clock.today(request.user), ranked=False)
    made = actions.add_guests(held, list(found.order_by("pk")[:MOST_GUESTS]), by=request.user)
    text = ngettext("%(n)s guest added.", "%(n)s guests added.", len(made))
    messages.success(request, text % {"n": f"{len(made):,}"})


def _send(request, held):
    sent = actions.send_invitations(held, visible_guests(request.user), by=request.user)
    text = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", sent)
    messages.success(request, text % {"n": f"{sent:,}"})


def _after(request, held):
    form = AfterForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say what is to be done."))
        return
    guests = visible_guests(request.user).filter(event=held, follow_up=None)
    came = form.cleaned_data["who"] == "came"
    chosen = (
        guests.filter(attended_at__isnull=False) if came else guests.filter(answer="yes", attended_at=None)
    )
    planned = actions.plan_follow_ups(held, chosen, by=request.user, title=form.cleaned_data["title"])
    text = ngettext("%(n)s follow-up is planned.", "%(n)s follow-ups are planned.", planned)
    messages.success(request, text % {"n": f"{planned:,}"})


def _cancel(request, held):
    actions.cancel_event(held, by=request.user)
    messages.success(request, _("The event is cancelled. Links no longer take answers."))


_DEEDS = {"invite": _invite_list, "send": _send, "after": _after, "cancel": _cancel}


def guest(request, pk):
    """One guest: the words and the link, and whether they came."""
    held = get_guest(request.user, pk)
    if request.method == "POST":
        return _mark(request, held, "care:event")
    context = {
        "guest": held,
        "row": words.guest_row(held),
        "line": words.event_row(held.event, clock.now()),
        "message": actions.invitation_words(held, request.user),
        "address": actions.address_of(held),
    }
    return render(request, "care/guest.html", context)


def door(request, token):
    """What the QR code of a guest opens for the one at the door; only a POST marks them present."""
    held = guest_at_the_door(request.user, actions.hash_of(token))
    if held is None:
        raise Http404
    if request.method == "POST":
        actions.mark_attended(held, by=request.user)
        return redirect("care:door", token)
    context = {"guest": held, "row": words.guest_row(held), "line": words.event_row(held.event, clock.now())}
    return render(request, "care/door.html", context)


def _mark(request, held, back):
    if request.POST.get("act") == "missed":
        actions.unmark_attended(held, by=request.user, reason=_("Marked as present by mistake."))
    elif request.POST.get("act") == "came":
        actions.mark_attended(held, by=request.user)
    return redirect(back, held.event_id)
