"""Walking from client to client: those looked at last, and the neighbours in a list."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clients.access import get_client, visible_clients
from clients.actions.recent import note_look
from clients.queries.found import beside
from clients.views.client_list import list_form
from lawcrm.firm import clock
from lawcrm.firm.paging import cursor_at, keyset_page


@require_POST
def seen(request, pk):
    """The page of a client stayed open for more than a glance."""
    note_look(get_client(request.user, pk), by=request.user)
    return HttpResponse(status=204)


@require_GET
def neighbour(request, pk):
    """The client before or after this one in the list whose address comes along; at its end, the list itself."""
    get_client(request.user, pk)
    form = list_form(request.user, request.GET)
    back = request.GET.get("way") == "previous"
    clients = form.narrow(visible_clients(request.user), request.user, clock.today(request.user))
    found = (
        beside(form.found, pk, backwards=back)
        if form.is_by_answer
        else _beside(request.user, form, clients, pk, back)
    )
    if found is None:
        return redirect(f"{reverse('clients:list')}{form.address()}")
    return redirect("clients:detail", found)


def _beside(user, form, clients, pk, backwards: bool):
    """The neighbour in the list's order, wherever this client would stand in it."""
    names = list(dict.fromkeys(["id", *(name.lstrip("-") for name in form.order)]))
    here = form.ranked(visible_clients(user)).filter(pk=pk).values_list(*names, named=True).first()
    params = QueryDict(mutable=True)
    params["before" if backwards else "after"] = cursor_at(here, form.order)
    rows = keyset_page(clients.values_list(*names, named=True), form.order, params, size=1).rows
    return rows[0].id if rows else None
