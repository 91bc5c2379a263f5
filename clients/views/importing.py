"""The import wizard: upload, look, decide, commit, report."""

import io

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clients.access import get_import_run, visible_clients, visible_import_runs
from clients.actions.importing.deciding import decide_row
from clients.actions.importing.judging import map_columns
from clients.actions.importing.reading import choose_encoding, stage_import
from clients.actions.importing.runs import NotNow
from clients.actions.importing.upkeep import discard_import, note_hand_back
from clients.actions.importing.writing import start_commit
from clients.forms.importing import ColumnsForm, DecisionForm, EncodingForm, UploadForm
from clients.importing.previews import column_samples, encoding_previews
from clients.models import ImportRow, ImportRun
from clients.presenters.importing import (
    column_titles,
    commit_words,
    count_chips,
    history_line,
    progress_of,
    refusal_line,
    report_lines,
    row_lines,
    warning_lines,
)
from clients.presenters.refused_rows import write_refused
from clients.queries.importing import names_for, rows_of, rows_to_hand_back, rows_to_write
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.messages import explain

State = ImportRun.State
WORKING = (State.READING, State.COMMITTING)


def import_upload(request):
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = stage_import(by=request.user, file=file.file, file_name=file.name)
            return redirect("clients:import_preview", run.pk)
        except Refused as refused:
            form.add_error("file", explain(refused))
    page = keyset_page(visible_import_runs(request.user).with_people(), ("-id",), request.GET, size=20)
    history = [history_line(run) for run in page.rows]
    context = {"form": form, "page": page, "history": history, "columns": column_titles()}
    return render(request, "clients/import_upload.html", context, status=422 if form.errors else 200)


def import_preview(request, pk):
    run = get_import_run(request.user, pk)
    if request.htmx and run.state in WORKING:
        return render(
            request, "clients/import_preview.html#progress", {"run": run, "progress": progress_of(run)}
        )
    if request.htmx and request.htmx.target == "progress":
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "clients/import_preview.html", _preview(request, run))


def _preview(request, run) -> dict:
    verdict = request.GET.get("verdict", "")
    page = keyset_page(rows_of(run, verdict), ("number",), request.GET)
    to_write = rows_to_write(run).count() if run.state == State.PREVIEW else 0
    previews = (
        encoding_previews(run) if run.problem.get("code") in ("encoding_unknown", "wrong_encoding") else []
    )
    return {
        "run": run,
        "progress": progress_of(run) if run.state in WORKING else None,
        "warnings": warning_lines(run),
        "refusal": refusal_line(run),
        "previews": previews,
        "chips": count_chips(run, verdict),
        "page": page,
        "rows": row_lines(run, page.rows, names_for(page.rows, visible_clients(request.user))),
        "report": report_lines(run),
        "commit_words": commit_words(to_write),
        "to_write": to_write,
        "to_hand_back": rows_to_hand_back(run).exists(),
    }


def import_columns(request, pk):
    run = _in_state(request, pk, State.PREVIEW)
    form = ColumnsForm(request.POST or None, run=run, samples=column_samples(run))
    if form.is_valid():
        map_columns(run, by=request.user, plan=form.plan(), save_as=form.cleaned_data["save_as"])
        return redirect("clients:import_preview", pk)
    return render(request, "clients/import_columns.html", {"run": run, "form": form})


def import_encoding(request, pk):
    run = _in_state(request, pk, State.FAILED)
    form = EncodingForm(request.POST)
    if form.is_valid():
        try:
            choose_encoding(run, by=request.user, encoding=form.cleaned_data["encoding"])
        except Refused as refused:
            messages.error(request, explain(refused))
        except NotNow:
            raise Http404 from None
    return redirect("clients:import_preview", pk)


def import_decide(request, pk, number):
    run = _in_state(request, pk, State.PREVIEW)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Http404
    decision, client_id = form.decision()
    try:
        row = decide_row(run, by=request.user, number=number, decision=decision, client_id=client_id)
    except (NotNow, ValueError, ImportRow.DoesNotExist):
        raise Http404 from None
    if not request.htmx:
        return redirect("clients:import_preview", pk)
    names = names_for([row], visible_clients(request.user))
    to_write = rows_to_write(run).count()
    context = {
        "run": run,
        "row": row_lines(run, [row], names)[0],
        "answered": True,
        "to_write": to_write,
        "commit_words": commit_words(to_write),
    }
    return render(request, "clients/import_preview.html#row", context)


def import_commit(request, pk):
    run = get_import_run(request.user, pk)
    try:
        start_commit(run, by=request.user)
    except NotNow:
        messages.info(request, _("This import was started before."))
    return redirect("clients:import_preview", pk)


def import_discard(request, pk):
    run = get_import_run(request.user, pk)
    try:
        discard_import(run, by=request.user)
    except NotNow:
        messages.error(request, _("An import that was started cannot be dropped."))
        return redirect("clients:import_preview", pk)
    messages.success(request, _("The file and everything read from it have been dropped."))
    return redirect("clients:import_upload")


def import_refused(request, pk):
    """The rows that did not get in, as a workbook with the reason beside each."""
    run = get_import_run(request.user, pk)
    buffer = io.BytesIO()
    write_refused(run, buffer)
    note_hand_back(run, by=request.user)
    return HttpResponse(
        buffer.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="refused-rows.xlsx"'},
    )


def _in_state(request, pk, state) -> ImportRun:
    run = get_import_run(request.user, pk)
    if run.state != state:
        raise Http404
    return run
