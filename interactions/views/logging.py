"""Logging a contact: the quick log in a dialog, at the top of a client page, or as a page of its own."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from clients.access import get_client, visible_clients
from interactions.access import get_contact, get_draft, get_follow_up, visible_follow_ups
from interactions.actions.contacts import TooLate, log_contact, undo_contact
from interactions.actions.drafts import drop_draft, keep_draft
from interactions.enums import Channel, Purpose
from interactions.forms.contacts import LogForm
from interactions.presenters.beside import draft_lines
from interactions.presenters.first_values import (
    fields_of_draft,
    first_values,
    initial_of_draft,
    running_since,
)
from interactions.presenters.quick_log import DIALOG, INLINE, PAGE, MoreFields, QuickLog
from interactions.presenters.words import channel_words
from interactions.queries.beside import beside_timeline
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
    params, user = request.GET, request.user
    draft = get_draft(user, params["draft"]) if params.get("draft") else None
    follow_up = get_follow_up(user, params["follow_up"]) if params.get("follow_up") else None
    if draft or follow_up:
        client = (draft or follow_up).client
    elif params.get("client"):
        client = get_client(user, params["client"])
    else:
        return _which_client(request, "")
    beside = beside_timeline(client, user)
    if draft:
        initial = initial_of_draft(fields_of_draft(draft), draft)
    else:
        initial = first_values(client, user, beside, follow_up=follow_up) | _asked_for(params)
    form = LogForm(user=user, client=client, initial=initial)
    shape = params.get("shape") if params.get("shape") in SHAPES else DIALOG
    drafts = [] if draft else draft_lines(beside)
    return _draw(
        request,
        form,
        client,
        shape if request.htmx else PAGE,
        params.get("back", ""),
        drafts=drafts,
        full=draft,
    )


def _asked_for(params) -> dict:
    """What the link that led here says of the contact."""
    asked = {}
    if params.get("purpose") in Purpose.values:
        asked["purposes"] = [params["purpose"]]
    if params.get("channel") in Channel.values:
        asked["channel"] = params["channel"]
    if params.get("matter"):
        asked["matter"] = params["matter"]
    return asked


def _save(request):
    client = get_client(request.user, request.POST.get("client", ""))
    shape = request.POST.get("shape") if request.POST.get("shape") in SHAPES else PAGE
    form = LogForm(request.POST, request.FILES, user=request.user, client=client)
    if not form.is_valid():
        return _draw(request, form, client, shape, request.POST.get("back", ""), status=422)
    contact = log_contact(by=request.user, client=client, **form.values())
    if form.cleaned_data["draft"]:
        drop_draft(form.cleaned_data["draft"], by=request.user)
    words = _("Logged: %(channel)s, %(client)s.") % {
        "channel": channel_words(contact.channel),
        "client": client.name,
    }
    if not request.htmx:
        undo = (reverse("interactions:withdraw", args=[contact.pk]) + "?undo=1", _("Undo"))
        return done(request, words, back=client_url(client), link=undo)
    undo = (reverse("interactions:undo", args=[contact.pk]), _("Undo"))
    if shape == INLINE:  # a fresh form takes the place of the sent one
        channel = {"channel": contact.channel}
        fresh = _draw(request, LogForm(user=request.user, client=client, initial=channel), client, shape, "")
        return changed(tell(fresh, words, undo=undo))
    told = changed(tell(HttpResponse(status=204), words, undo=undo))
    return trigger_client_event(told, "lawcrm:close")  # last: it takes the form away, and its events with it


@require_POST
def undo(request, pk):
    """Takes back what was logged a moment ago; the words come back as a draft."""
    contact = get_contact(request.user, pk)
    try:
        draft = undo_contact(contact, by=request.user)
    except TooLate:
        withdraw = reverse("interactions:withdraw", args=[pk])
        words = _("It was logged too long ago to be taken back at once.")
        if request.htmx:
            return tell(HttpResponse(status=204), words, link=(withdraw, _("Withdraw")))
        return redirect(withdraw)
    again = (f"{reverse('interactions:log')}?draft={draft.pk}", _("Mend it and log it again"))
    return done(request, _("Taken back."), back=client_url(contact.client), link=again)


# -- drafts ---------------------------------------------------------------------------------------------------

LONGEST_DRAFT = 64 * 1024


@require_POST
def draft_save(request):
    """The form as it stands, kept while it is being typed. Answers with its key and version."""
    client = get_client(request.user, request.POST.get("client", ""))
    fields = {name: request.POST.getlist(name) for name in LogForm.KEPT if request.POST.getlist(name)}
    if sum(len(value) for values in fields.values() for value in values) > LONGEST_DRAFT:
        return JsonResponse({}, status=413)
    draft = keep_draft(
        by=request.user,
        client=client,
        fields=fields,
        pk=_uuid(request.POST.get("draft", "")),
        version=_number(request.POST.get("draft_version", "")),
        call_started_at=running_since(fields),
    )
    return JsonResponse({"draft": str(draft.pk), "version": draft.version})


@require_POST
def draft_drop(request, pk):
    """Thrown away by its writer."""
    draft = get_draft(request.user, pk)
    drop_draft(draft.pk, by=request.user)
    if request.htmx:
        return HttpResponse("")
    return redirect(client_url(draft.client))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


def client_url(client) -> str:
    return reverse("clients:detail", args=[client.pk])


def _draw(request, form, client, shape: str, back: str, status: int = 200, drafts=(), full=False):
    follow_ups = settled_by_a_contact(visible_follow_ups(request.user), client)
    quick = QuickLog(form, client, shape, follow_ups, back, list(drafts))
    quick.offer_by_the_hour()
    context = {"quick": quick, "client": client}
    if shape == PAGE or form.is_bound or full:
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


def more_of_us(form) -> MoreFields:
    """The same without a client: colleagues alone."""
    return MoreFields.of(form, [], [], working_people())


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
