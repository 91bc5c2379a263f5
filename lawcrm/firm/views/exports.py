"""Taking lists out: choosing, waiting, fetching."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lawcrm.firm.access import get_export, visible_exports
from lawcrm.firm.actions.exports import (
    AT_ONCE,
    PIECES,
    NotHere,
    TooManyExports,
    TooManyRows,
    drop_export,
    fetch_export,
    start_export,
)
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.exports import ALL, ExportForm
from lawcrm.firm.models import Export
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.presenters.exports import export_line, export_lines, file_name, rows_words
from lawcrm.firm.presenters.jobs import job_progress
from lawcrm.firm.roles import may

OWN = ("preset",)  # parameters that are this page's and not the list's


def export_new(request, listing):
    """What the list at the address in the query holds, to be taken out; a small file comes as the answer."""
    found = listing_of(listing)
    if found is None or not found.is_open_to(request.user):
        raise Http404
    query = request.GET.copy()
    preset = query.pop("preset", [""])[-1]
    for name in ("after", "before"):
        query.pop(name, None)
    form = ExportForm(posted(request), listing=found, user=request.user, query=query, preset=preset)
    if form.is_valid():
        try:
            export = start_export(
                by=request.user, listing=found, query=query.urlencode(), **form.cleaned_data
            )
        except TooManyExports:
            form.add_error(None, _("You have made many files within the hour. Wait a little."))
        except TooManyRows:
            form.add_error(
                "format", _("A workbook does not hold so many rows. Take a CSV, or narrow the list.")
            )
        else:
            return _file(export, request.user) if export.job is None else redirect("firm:export", export.pk)
    return render(request, "firm/export_new.html", _choosing(request, found, query, form))


def _choosing(request, found, query: QueryDict, form) -> dict:
    address, user = query.urlencode(), request.user
    count = found.rows(user, query).order_by().count()
    siblings = [one for code in found.siblings() if (one := listing_of(code))]
    presets = [(str(number), label) for number, (label, _codes) in enumerate(form.presets)]
    return {
        "listing": found,
        "back_url": found.page_url(address),
        "count": rows_words(count),
        "is_large": count > AT_ONCE,
        "filter": found.filter_words(user, query),
        "form": form,
        "parts": form.parts(),
        "known": len(form.known),
        "ticked": len(form["columns"].value() or ()),
        "tabs": [(one.label, one.code, one is found) for one in siblings],
        "address": f"?{address}" if address else "",
        "presets": [
            (
                label,
                f"?{urlencode({'preset': code})}{'&' if address else ''}{address}",
                code == (form.preset or presets[0][0]),
            )
            for code, label in ([*presets, (ALL, _("All columns"))] if presets else ())
        ],
        "has_sealed": any(column.sealed for column in form.known),
        "reveals": may(user, "sealed.reveal"),
        "recent": export_lines(visible_exports(user)[:5], user),
    }


def exports(request):
    page = keyset_page(visible_exports(request.user), ("-id",), request.GET)
    rows = export_lines(page.rows, request.user)
    return render(request, "firm/exports.html", {"page": page, "rows": rows})


def export(request, pk):
    found = get_export(request.user, pk)
    progress = None
    if found.state == Export.State.WRITING and found.job:
        progress = job_progress(found.job)
    context = {"export": found, "line": export_line(found, request.user), "progress": progress}
    template = "firm/export.html#state" if request.htmx else "firm/export.html"
    return render(request, template, context)


@require_POST
def export_file(request, pk):
    found = get_export(request.user, pk)
    try:
        return _file(found, request.user)
    except NotHere:
        messages.error(request, _("This file is no longer to be had. Export the list again."))
        return redirect("firm:export", pk)


@require_POST
def export_drop(request, pk):
    drop_export(get_export(request.user, pk), by=request.user)
    messages.success(request, _("The file is removed."))
    return redirect("firm:exports")


def _file(export: Export, user) -> StreamingHttpResponse:
    """Under our own name, as an attachment; never shown by the browser."""
    parts = fetch_export(export, by=user)
    response = StreamingHttpResponse(parts, content_type=PIECES[export.format].media_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(export, user)}"'
    response["Content-Length"] = str(export.size)
    return response
