"""Work on many clients: what is meant and asked for, what it came to, and taking it back."""

import re
from itertools import islice

from django.http import Http404, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from clients.access import get_bulk_edit, kept_changes
from clients.actions.bulk_edit import Selection, count_selected, do_bulk, undo_bulk
from clients.bulk_actions import BulkPage, bulk_action
from clients.forms.client_list import ClientListForm
from clients.presenters.bulk import bulk_words, kept_lines, preview_words
from clients.queries.bulk_edits import counts_of
from clients.queries.column_kinds import short_key
from clients.rules.filters import MOST_CHOSEN, Condition, Op
from clients.views.client_list import show_part
from lawcrm.firm.presenters.jobs import job_progress

CARRIED = ("state", "place", "all", "ids", "but")  # from the list through the form to the deed
MOST_TICKED = 5_000
_KEY = re.compile(r"[0-9a-fA-F-]{32,36}")


@require_POST
def bulk(request):
    """The first POST asks what an action needs and shows how many it meets; the second ("go") does it."""
    action = bulk_action(request.POST.get("action", ""))
    if action is None or not action.open_to(request.user):
        raise Http404
    if isinstance(action, BulkPage):
        return _to_page(request, action)
    selection = _selection(request.POST)
    form = action.form(request.POST if "go" in request.POST else None, by=request.user)
    if form.is_bound and form.is_valid():
        edit = do_bulk(action, by=request.user, params=form.params(), selection=selection)
        return _told(request, edit)
    count = count_selected(selection, request.user)
    context = {
        "action": action,
        "form": form,
        "preview": preview_words(count),
        "count": count,
        "carried": [(name, value) for name in CARRIED for value in request.POST.getlist(name)],
    }
    template = "clients/bulk_form.html#form" if request.htmx else "clients/bulk_form.html"
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_GET
def bulk_result(request, pk):
    """What became of it; while a worker is at it, how far it has come."""
    edit = get_bulk_edit(request.user, pk)
    words = bulk_words(edit, counts_of(edit))
    context = {
        "edit": edit,
        "words": words,
        "kept": kept_lines(kept_changes(edit, request.user)) if words.is_undone else [],
        "progress": job_progress(edit.job) if words.is_open and edit.job else None,
        "back": _back(edit),
    }
    template = "clients/bulk_result.html#result" if request.htmx else "clients/bulk_result.html"
    return render(request, template, context)


@require_POST
def bulk_undo(request, pk):
    edit = get_bulk_edit(request.user, pk)
    return _told(request, undo_bulk(edit, by=request.user))


def _told(request, edit):
    """Back on the list, with what happened above it; where a worker is at it, or without htmx, on a page of its own."""
    words = bulk_words(edit, counts_of(edit))
    address = reverse("clients:bulk_result", args=[edit.pk])
    if words.is_open or not request.htmx:
        return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
    place = QueryDict(request.POST.get("place", ""))
    answer = show_part(request, place, done={"pk": edit.pk, "words": words})
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#results", "innerHTML"
    return trigger_client_event(answer, "lawcrm:close", after="settle")


def _to_page(request, page: BulkPage):
    """The list of what was ticked, handed on to a page of its own."""
    form = ClientListForm(QueryDict(request.POST.get("state", "")))
    whole = bool(request.POST.get("all"))
    keys = _keys(request.POST, "but" if whole else "ids")
    if len(keys) > MOST_CHOSEN or not (whole or keys):
        return HttpResponseBadRequest()
    chosen = [Condition("chosen", Op.NOT if whole else Op.IS, tuple(map(short_key, keys)))] if keys else []
    query = (
        form.query(conditions=[*form.conditions, *chosen])
        if whole
        else form.query(conditions=chosen, words="")
    )
    address = page.url(query.urlencode(safe=",:~@"))
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _selection(posted: QueryDict) -> Selection:
    if posted.get("all"):
        form = ClientListForm(QueryDict(posted.get("state", "")))
        return Selection(state=form.state, but=_keys(posted, "but"))
    return Selection(ids=_keys(posted, "ids"))


def _keys(posted: QueryDict, name: str) -> tuple[str, ...]:
    """Ticked row by row on this page, or many in one field: those of other pages too (static/js/lists.js)."""
    said = (one for field in posted.getlist(name) for one in field.split(","))
    return tuple(one for one in islice(said, MOST_TICKED) if _KEY.fullmatch(one))


def _back(edit) -> str:
    """The list the work was asked for on."""
    state = edit.selection.get("state")
    return f"{reverse('clients:list')}{ClientListForm.of_state(state).address() if state else ''}"
