"""Editing one field of one client in the list, and taking that back."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from clients.access import get_client, visible_clients
from clients.actions.clients import update_client
from clients.forms.cells import EDITABLE, CellForm
from clients.presenters import client_list as words
from clients.queries.columns import COLUMNS
from clients.queries.list_words import words_for
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.queries.audit import last_saver


def cell(request, pk, column):
    """GET: the form, or with "shown" what the cell shows; POST saves, and says how to take it back."""
    client = get_client(request.user, pk)
    if column not in EDITABLE:
        raise Http404
    if "shown" in request.GET:
        return HttpResponse(_shown(request.user, pk, column))
    form = CellForm(posted(request), client=client, column=column, by=request.user)
    context = {"form": form, "client": client, "column": column}
    if form.is_valid():
        try:
            saved = update_client(
                client,
                by=request.user,
                version=form.cleaned_data["version"],
                changes=form.changes(),
                grade_reason=form.why_graded,
            )
        except StaleVersion as stale:
            context |= {"saver": last_saver(client), "theirs": _shown(request.user, pk, column)}
            context["form"] = _again(request, stale.theirs, column)
            return render(request, "clients/cell_form.html", context, status=409)
        return _saved(request, saved, form)
    return render(request, "clients/cell_form.html", context, status=422 if form.is_bound else 200)


def _saved(request, client, form: CellForm):
    answer = HttpResponse(_shown(request.user, client.pk, form.column))
    if form.is_undo:
        text, undo = _("Taken back."), None
    else:
        said = {"client": client.name, "column": COLUMNS[form.column].label}
        text, undo = _("%(client)s: %(column)s saved.") % said, form.undo_of(client)
    detail = {"text": text, "undo": undo, "url": request.path, "word": _("Undo")}
    return trigger_client_event(answer, "lists:saved", detail)


def _again(request, theirs, column: str) -> CellForm:
    """The same once more, now as an answer to what somebody else saved."""
    data = request.POST.copy()
    data["version"] = str(theirs.version)
    return CellForm(data, client=theirs, column=column, by=request.user)


def _shown(user, pk, column: str) -> str:
    """What the cell shows now; nothing where the client was handed out of sight."""
    columns = [COLUMNS["name"], COLUMNS[column]]
    row = visible_clients(user).filter(pk=pk).values_list(*words.fields_of(columns), named=True).first()
    if row is None:
        return "–"
    maker = words.RowMaker(columns, words_for(columns, [], [row], today=clock.today(user)))
    return maker.row(row).cells[0][1]
