"""The list of clients: filtered, sorted, searched, a page at a time."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clients.access import visible_clients
from clients.forms.client_list import SEARCH, ClientListForm
from clients.presenters import client_list as words
from lawcrm.firm import clock, opaque
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.queries.people import department_name, lawyer_choices, names_of
from lawcrm.firm.roles import Scope

MOST_LAWYERS = 60  # choices that every page carries


def client_list(request):
    """GET shows the list its address describes; POST takes what was searched for, hides it, and goes there."""
    if request.htmx and request.GET.get("choices") == "lawyers":
        return HttpResponse(words.lawyer_options(request.GET.get("responsible", ""), lawyer_choices()))
    params = _searched(request) if request.method == "POST" else request.GET
    if request.method == "POST" and not request.htmx:
        return redirect(_address(params))
    response = _render(request, params)
    if request.htmx:
        response.headers["HX-Push-Url"] = _address(params)
    return response


def _searched(request):
    """Names and numbers never stand readable in an address (docs/decisions, "What was searched for")."""
    params = request.POST.copy()
    found = params.pop("q", [""])[-1].strip()[:200]
    for name in ("csrfmiddlewaretoken", "s", "after", "before"):
        params.pop(name, None)
    if found:
        params["s"] = opaque.hide(found, SEARCH)
    return params


def _address(params) -> str:
    """The list's address without what was left open."""
    chosen = params.copy()
    for name in [name for name, value in chosen.items() if not value]:
        del chosen[name]
    return f"{reverse('clients:list')}?{chosen.urlencode()}".removesuffix("?")


def _render(request, params):
    form, today = ClientListForm(params), clock.today(request.user)
    clients = form.narrow(visible_clients(request.user), request.user, today)
    rank = [name.lstrip("-") for name in form.order if name.lstrip("-").endswith("_rank")]
    page = keyset_page(clients.values_list(*words.COLUMNS, "sort_key", *rank, named=True), form.order, params)
    maker = words.RowMaker(today)
    context = {
        "rows": [maker.row(client) for client in page.rows],
        "headings": words.headings(form, params),
        "choices": words.choices(form, *_lawyers(form, params)),
        "form": form,
        "page": page,
        "shown": _shown(clients, page),
        "department": department_name(form.chosen.get("department")),
        "narrowed": bool(form.filters or form.words),
        "offers_mine": request.user.scope in (Scope.DEPARTMENT, Scope.FIRM),
        "narrow_rows": request.COOKIES.get("density") == "compact",
    }
    template = "clients/client_list.html#results" if request.htmx else "clients/client_list.html"
    return render(request, template, context)


def _lawyers(form, params) -> tuple[list, bool]:
    """The lawyers to choose from, and whether there are more: hundreds are fetched when somebody wants to choose."""
    if params.get("choices") == "lawyers":
        return lawyer_choices(), False
    few = lawyer_choices(MOST_LAWYERS + 1)
    if len(few) <= MOST_LAWYERS:
        return few, False
    chosen = form.chosen.get("responsible")
    return [(str(pk), name) for pk, name in names_of({chosen} - {None, "", "me"}).items()], True


def _shown(clients, page) -> str:
    """How many there are, counted no further than anybody reads."""
    if not page.next_query and not page.previous_query:
        return words.shown(len(page.rows), capped=False)
    count = clients.order_by()[: words.MOST_COUNTED + 1].count()
    return words.shown(count, capped=count > words.MOST_COUNTED)
