"""The trash: what lies in it, putting in and taking out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.access import find_trashed, get_client, trashed_clients
from clients.actions.trash import restore_clients, trash_clients
from clients.presenters.trash import trash_lines
from clients.queries.trash import holding_records
from lawcrm.firm.paging import keyset_page


@require_GET
def trash(request):
    rows = trashed_clients(request.user).select_related("trashed_by", "responsible").defer("search", "note")
    page = keyset_page(rows, ("-trashed_at", "-id"), request.GET)
    held = holding_records([client.pk for client in page.rows])
    context = {"lines": trash_lines(page.rows, held), "page": page}
    return render(request, "clients/trash.html", context)


@require_POST
def client_trash(request, pk):
    client = get_client(request.user, pk)
    trash_clients([client], by=request.user)
    messages.success(request, _("%s is in the trash; it can be taken out for 30 days.") % client.name)
    return _go(request, "clients:trash")


@require_POST
def trash_restore(request, pk):
    """Out of the trash; somebody else may have been quicker."""
    client = find_trashed(request.user, pk)
    if client is not None:
        restore_clients([client.pk], by=request.user)
        messages.success(request, _("%s is back, with everything that belongs to it.") % client.name)
    return redirect("clients:detail", get_client(request.user, pk).pk)


def _go(request, url_name: str):
    address = reverse(url_name)
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)
