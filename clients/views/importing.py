"""The import wizard: upload, look, decide, commit, report."""

import io

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.access import get_import_run, visible_clients, visible_import_runs
from clients.actions.importing.deciding import decide_all, decide_row, fix_cell
from clients.actions.importing.judging import explain_words, map_columns
from clients.actions.importing.reading import choose_encoding, stage_import
from clients.actions.importing.runs import NotNow
from clients.actions.importing.undoing import start_undo
from clients.actions.importing.upkeep import discard_import, note_hand_back
from clients.actions.importing.writing import pause_import, resume_import, start_commit, stop_import
from clients.forms.importing import (
    CellForm,
    ColumnsForm,
    DecisionForm,
    EncodingForm,
    UploadForm,
    WordsForm,
)
from clients.importing.previews import column_samples, encoding_previews
from clients.importing.sheets import names_of_known, waits_for
from clients.importing.templates import LANGUAGES, file_name, write_template
from clients.models import ImportRow, ImportRun
from clients.presenters.import_cells import cell_lines
from clients.presenters.import_history import about, history_line, report_lines, undo_lines
from clients.presenters.importing import (
    VERDICT_WORDS,
    column_titles,
    commit_words,
    count_chips,
    is_hidden,
    part_lines,
    progress_of,
    refusal_line,
    row_lines,
    strange_lines,
    warning_lines,
)
from clients.presenters.refused_rows import write_annotated, write_refused
from clients.queries.importing import (
    gone_with_them,
    names_for,
    neighbours_of,
    rows_of,
    rows_to_hand_back,
    rows_to_take_back,
    rows_to_write,
    rows_undecided,
    rows_with_outcome,
    strange_words,
)
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.roles import may
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.messages import explain
from lawcrm.firm.spreadsheets.pieces import XlsxPieces
from lawcrm.firm.words import listed

State = ImportRun.State
WORKING = (State.READING, State.COMMITTING, State.UNDOING)


def import_upload(request):
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = stage_import(by=request.user, file=file.file, file_name=file.name)
            return redirect("clients:import_preview", run.pk)
        except Refused as refused:
            form.add_error("file", explain(refused))
    page = keyset_page(
        visible_import_runs(request.user).whole().with_people(), ("-id",), request.GET, size=20
    )
    history = [history_line(run) for run in page.rows]
    context = {"form": form, "page": page, "history": history, "columns": column_titles()}
    return render(request, "clients/import_upload.html", context, status=422 if form.errors else 200)


def import_template(request, language):
    """A workbook to fill in, of all kinds of lists or the one asked for (`of`). It holds nothing of any client."""
    kinds = [code for code in request.GET.getlist("of") if code in ImportRun.Kind.values]
    if language not in LANGUAGES:
        raise Http404
    buffer = io.BytesIO()
    write_template(buffer, language=language, kinds=kinds)
    return HttpResponse(
        buffer.getvalue(),
        content_type=XlsxPieces.media_type,
        headers={"Content-Disposition": f'attachment; filename="{file_name(language)}"'},
    )


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
    verdict, outcome = request.GET.get("verdict", ""), request.GET.get("outcome", "")
    rows = rows_with_outcome(run, outcome) if outcome in ImportRow.Outcome.values else rows_of(run, verdict)
    page = keyset_page(rows, ("number",), request.GET)
    to_write = rows_to_write(run).count() if run.state == State.PREVIEW else 0
    previews = (
        encoding_previews(run) if run.problem.get("code") in ("encoding_unknown", "wrong_encoding") else []
    )
    strange = strange_lines(strange_words(run)) if _has_refused(run) else []
    return {
        "run": run,
        "progress": progress_of(run) if run.state in WORKING else None,
        "warnings": warning_lines(run),
        "refusal": refusal_line(run),
        "previews": previews,
        "chips": count_chips(run, verdict),
        "page": page,
        "rows": row_lines(run, page.rows, _names(run, page.rows, request.user)),
        "of_clients": run.kind == ImportRun.Kind.CLIENTS,
        "verdict": verdict,
        "strange": strange,
        "tags_to_make": any(one["may_be_made"] for one in strange),
        "undecided": rows_undecided(run).count() if run.state == State.PREVIEW and run.counts["ask"] else 0,
        "may_undo": run.state in (State.DONE, State.STOPPED) and rows_to_take_back(run).exists(),
        "may_resume": run.state == State.PAUSED or _gave_up(run),
        "parts": part_lines(run),
        "waits_for": listed(one.get_kind_display() for one in waits_for(run)),
        "about": about(run),
        "report": report_lines(run),
        "undone": undo_lines(run),
        "commit_words": commit_words(to_write),
        "to_write": to_write,
        "to_hand_back": rows_to_hand_back(run).exists(),
    }


def _names(run, rows, user) -> dict:
    """Names of the clients of these rows, and of what else they were taken for, as far as the person may see them."""
    clients = visible_clients(user)
    gone = dict.fromkeys(gone_with_them(rows, clients, user), "")
    return gone | names_for(rows, clients) | names_of_known(run, rows, user)


def _has_refused(run) -> bool:
    return run.state == State.PREVIEW and bool(run.counts["refuse"])


def _gave_up(run) -> bool:
    return run.state == State.COMMITTING and run.job is not None and run.job.state in ("failed", "cancelled")


def import_row(request, pk, number):
    """One row, cell by cell; POST corrects a cell."""
    run = get_import_run(request.user, pk)
    row = run.rows.filter(number=number).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        return _fix(request, run, number)
    verdict = request.GET.get("verdict", "")
    before, after = neighbours_of(run, number, verdict)
    client = visible_clients(request.user).filter(pk=row.client_id).first() if row.client_id else None
    names = _names(run, [row], request.user)
    if is_hidden(run, row, names):
        raise Http404
    context = {
        "run": run,
        "row": row_lines(run, [row], names)[0],
        "cells": cell_lines(run, row, client if run.kind == ImportRun.Kind.CLIENTS else None),
        "client": client,
        "verdict": verdict,
        "before": before,
        "after": after,
    }
    return render(request, "clients/import_row.html", context)


def _fix(request, run, number):
    form = CellForm(request.POST)
    if not form.is_valid() or run.state != State.PREVIEW:
        raise Http404
    column, text = form.cleaned_data["column"], form.cleaned_data["text"]
    try:
        row = fix_cell(run, by=request.user, number=number, column=column, text=text)
    except (NotNow, ValueError):
        raise Http404 from None
    words = {"row": number, "verdict": VERDICT_WORDS[row.verdict]}
    messages.success(request, _("Row %(row)d is judged again: %(verdict)s.") % words)
    if request.POST.get("stay"):
        return redirect("clients:import_row", run.pk, number)
    back, verdict = reverse("clients:import_preview", args=[run.pk]), form.cleaned_data["verdict"]
    return redirect(f"{back}?verdict={verdict}" if verdict in VERDICT_WORDS else back)


def import_words(request, pk):
    """What words of the file mean that stand in none of our lists."""
    run = _in_state(request, pk, State.PREVIEW)
    form = WordsForm(request.POST, words=strange_words(run))
    if form.is_valid():
        for name, words in form.words().items():
            run = explain_words(run, by=request.user, name=name, words=words)
            if run.state != State.PREVIEW:
                break
    return redirect("clients:import_preview", pk)


def import_decide_all(request, pk):
    run = _in_state(request, pk, State.PREVIEW)
    try:
        count = decide_all(run, by=request.user, decision=request.POST.get("answer", ""))
    except (NotNow, ValueError):
        raise Http404 from None
    messages.success(request, ngettext("%(n)d row answered.", "%(n)d rows answered.", count) % {"n": count})
    return redirect(reverse("clients:import_preview", args=[pk]) + "?verdict=ask")


def import_halt(request, pk):
    """Pause, stop or go on with the writing."""
    run = get_import_run(request.user, pk)
    act = {"pause": pause_import, "stop": stop_import, "resume": resume_import}.get(request.POST.get("do"))
    if act is None:
        raise Http404
    try:
        act(run, by=request.user)
    except NotNow:
        messages.info(request, _("The import has gone on meanwhile."))
    return redirect("clients:import_preview", pk)


def import_undo(request, pk):
    """Takes the whole import back."""
    run = get_import_run(request.user, pk)
    try:
        start_undo(run, by=request.user)
    except NotNow:
        messages.info(request, _("There is nothing to take back."))
    return redirect("clients:import_preview", pk)


def import_annotated(request, pk):
    """Every row as it stood, with what became of it beside it."""
    run = get_import_run(request.user, pk)
    buffer = io.BytesIO()
    write_annotated(run, buffer, names=lambda rows: _names(run, rows, request.user))
    note_hand_back(run, by=request.user, verb="import.annotated")
    return _workbook(buffer, "import-with-results.xlsx")


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
    names = _names(run, [row], request.user)
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
    write_refused(run, buffer, clear=may(request.user, "sealed.reveal"))
    note_hand_back(run, by=request.user)
    return _workbook(buffer, "refused-rows.xlsx")


def _workbook(buffer: io.BytesIO, name: str) -> HttpResponse:
    return HttpResponse(
        buffer.getvalue(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _in_state(request, pk, state) -> ImportRun:
    run = get_import_run(request.user, pk)
    if run.state != state:
        raise Http404
    return run
