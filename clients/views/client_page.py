"""The client page and its panels."""

from django.http import Http404
from django.shortcuts import render

from clients.access import get_client
from clients.panels import PLACES, ClientPage, find_panel, panels_of


def client_detail(request, pk):
    page = ClientPage(request, get_client(request.user, pk))
    context = {"page": page, "client": page.client}
    for place in PLACES:
        context[f"{place}_panels"] = [drawn for panel in panels_of(place) if (drawn := _on_page(panel, page))]
    return render(request, "clients/client_detail.html", context)


def client_panel(request, pk, name):
    """One panel again, after something of the client changed."""
    page, panel = ClientPage(request, get_client(request.user, pk)), find_panel(name)
    drawn = _drawn(panel, page) if panel else None
    if drawn is None:
        raise Http404
    if request.htmx:
        return render(request, panel.template, drawn["context"])
    return render(request, "clients/client_panel.html", {"drawn": drawn, "client": page.client})


def _on_page(panel, page) -> dict | None:
    """What the page itself draws: a folded panel is only named."""
    return {"panel": panel, "context": {"client": page.client}} if panel.folded else _drawn(panel, page)


def _drawn(panel, page) -> dict | None:
    """A panel with what its template needs; None where it is not for this person."""
    context = panel.context(page)
    if context is None:
        return None
    return {"panel": panel, "context": {**context, "page": page, "client": page.client}}
