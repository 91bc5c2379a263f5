"""A client's or a person's own data: what is held, the pack, holds, erasure; and the register of requests."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import (
    get_client,
    get_hold_on,
    get_place_of,
    get_request_about,
    visible_holds,
    visible_requests,
)
from clients.actions.erasing import start_erasure
from clients.actions.erasure import lift_hold, place_hold, request_erasure
from clients.actions.subject_access import as_json, make_pack
from clients.forms.privacy import AskForm, EraseForm, HoldForm
from clients.holds import holds_on
from clients.presenters import privacy as words
from clients.queries.client_page import people_of
from clients.queries.subject_pack import count_by_table
from clients.queries.subject_rows import needles_for
from clients.subjects import Subject
from lawcrm.firm import clock
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page


def privacy(request, pk, place=None, **forms):
    """What is held, what stands against erasing it, what was asked; and the people at the client, each for themselves.

    `forms`: those that came back with something to mend.
    """
    client, row, subject = _subject(request, pk, place)
    counts = count_by_table(subject, request.user)
    about = visible_requests(request.user).about(subject)
    context = {
        "client": client,
        "place": place,
        "row": row,
        "tables": [(words.table_words(label), number) for label, number in counts],
        "total": sum(number for _label, number in counts),
        "holds": words.hold_lines(holds_on(subject, today=clock.today())),
        "legal_holds": list(visible_holds(request.user).about(subject).standing().select_related("made_by")),
        "hold_form": HoldForm(),
        "ask_form": AskForm(),
        **forms,
        "requests": [words.request_line(one) for one in about.select_related("made_by")[:20]],
        "people": people_of(client, request.user) if place is None else [],
    }
    return render(request, "clients/privacy.html", context, status=422 if forms else 200)


@require_POST
def pack(request, pk, place=None):
    """Everything held, to read and print or as JSON. A POST: it opens what is sealed, and is on record."""
    client, row, subject = _subject(request, pk, place)
    tables = make_pack(subject, row, by=request.user)
    if request.POST.get("format") == "json":
        answer = JsonResponse(
            as_json(subject, tables), json_dumps_params={"ensure_ascii": False, "indent": 1}
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="subject-{subject.pk}.json"'
        return answer
    context = {
        "client": client,
        "place": place,
        "row": row,
        "made_at": clock.now(),
        "held": words.pack_views(tables, for_review=False),
        "for_review": words.pack_views(tables, for_review=True),
    }
    return render(request, "clients/privacy_pack.html", context)


@require_POST
def hold(request, pk, place=None):
    _client, _row, subject = _subject(request, pk, place)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return privacy(request, pk, place, hold_form=form)
    place_hold(subject, by=request.user, **form.cleaned_data)
    messages.success(request, _("The hold stands: nothing can be erased."))
    return _back(pk, place)


@require_POST
def hold_lift(request, pk, hold, place=None):
    _client, _row, subject = _subject(request, pk, place)
    if lift_hold(get_hold_on(request.user, subject, hold), by=request.user):
        messages.success(request, _("The hold is lifted."))
    return _back(pk, place)


@require_POST
def erasure_ask(request, pk, place=None):
    _client, _row, subject = _subject(request, pk, place)
    form = AskForm(request.POST)
    if not form.is_valid():
        return privacy(request, pk, place, ask_form=form)
    asked = request_erasure(subject, by=request.user, **form.cleaned_data)
    if asked.holds:
        messages.warning(
            request, _("The request is on record. Nothing is erased: something stands against it.")
        )
        return _back(pk, place)
    return redirect(_url("clients:erasure", pk, place, asked.pk))


def erasure(request, pk, asked, place=None):
    """The last look before it: what goes, and the name to be typed."""
    client, row, subject = _subject(request, pk, place)
    asked = get_request_about(request.user, subject, asked)
    form = EraseForm(posted(request), expected=row.name)
    if form.is_valid():
        work = start_erasure(asked, by=request.user)
        if work:
            return redirect("firm:job", work.pk)
        asked.refresh_from_db()
        if asked.holds:
            messages.warning(request, _("Nothing was erased: something stands against it."))
            return _back(pk, place)
        messages.success(request, _("Erased. The request stays on record and names nobody."))
        return redirect("clients:privacy_requests")
    counts = count_by_table(subject, request.user)
    context = {
        "client": client,
        "row": row,
        "place": place,
        "form": form,
        "asked": words.request_line(asked),
        "tables": [(words.table_words(label), number) for label, number in counts],
        "holds": words.hold_lines(holds_on(subject, today=clock.today())),
        "words": needles_for([subject]),
    }
    return render(request, "clients/erasure.html", context)


def requests(request):
    """The register: who asked, what stood against it, what was done."""
    page = keyset_page(visible_requests(request.user).select_related("made_by"), ("-id",), request.GET)
    context = {"page": page, "rows": [words.request_line(one) for one in page.rows]}
    return render(request, "clients/privacy_requests.html", context)


def _subject(request, pk, place):
    """(the client through the door, the row in question, the subject): the client itself or a person there."""
    client = get_client(request.user, pk)
    if place is None:
        return client, client, Subject("client", client.pk, client.name)
    person = get_place_of(client, place).person
    return client, person, Subject("person", person.pk, person.name)


def _url(name: str, pk, place, *rest) -> str:
    if place is None:
        return reverse(name, args=[pk, *rest])
    return reverse(f"{name}_person", args=[pk, place, *rest])


def _back(pk, place):
    return redirect(_url("clients:privacy", pk, place))
