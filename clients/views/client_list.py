"""The list of clients: narrowed, sorted, searched, a page at a time."""

from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clients.access import find_view, get_view, visible_clients
from clients.bulk_actions import bulk_actions_for
from clients.forms.cells import EDITABLE
from clients.forms.client_list import ClientListForm
from clients.forms.filters import ConditionForm
from clients.presenters import client_list as words
from clients.presenters import filters as filter_words
from clients.presenters.saved_views import view_line
from clients.queries.found import best_page
from clients.queries.list_words import words_for
from lawcrm.firm import clock
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.roles import Scope, may


def client_list(request):
    """GET shows the list its address describes; POST takes what was searched for, hides it, and goes there."""
    if request.method == "POST":
        form = ClientListForm(QueryDict(request.POST.get("state", "")))
        return show(request, form.query(words=request.POST.get("q", "").strip()[:200]))
    return _render(request, request.GET)


def client_filter(request):
    """GET draws the form of one condition, or without a column all that may be asked for; POST goes to the list with
    that condition in its address.
    """
    if request.method == "POST":
        params = QueryDict(request.POST.get("state", ""), mutable=True)
        for name in ("edit_at", "edit_column"):
            params[name] = request.POST.get(name, "")
        form = _condition_form(params)
        return show(request, form.form.query(conditions=form.conditions(request.POST)))
    if not {"edit_at", "edit_column"} & set(request.GET):
        context = {"menu": filter_words.column_menu(ClientListForm(request.GET))}
        template = "clients/filter_menu.html#menu" if request.htmx else "clients/filter_menu.html"
        return render(request, template, context)
    form = _condition_form(request.GET)
    context = {"condition": form, **filter_words.condition_context(form, request.user)}
    template = "clients/filter_form.html#form" if request.htmx else "clients/filter_form.html"
    return render(request, template, context)


@require_GET
def client_columns(request):
    """The form in which columns are chosen and put in order; its answer is the list's own address."""
    form = ClientListForm(request.GET)
    context = {"parts": words.column_choices(form), "form": form, "state": form.query(cols=()).items()}
    template = "clients/columns_form.html#form" if request.htmx else "clients/columns_form.html"
    return render(request, template, context)


def show(request, params: QueryDict):
    """The list with these parameters: the part itself for htmx, the way there otherwise."""
    address = f"{reverse('clients:list')}?{params.urlencode(safe=',:~@')}".removesuffix("?")
    if not request.htmx:
        return redirect(address)
    return _render(request, params)


def list_form(user, params) -> ClientListForm:
    """The list an address describes: itself, or a saved view's."""
    if params.get("view"):
        view = get_view(user, params["view"])
        return ClientListForm.of_state(view.state, str(view.pk))
    return ClientListForm(params)


def view_opened(user, form: ClientListForm) -> dict | None:
    """The saved view the list was opened from, and whether the list has moved away from it."""
    view = find_view(user, form.of_view)
    if view is None:
        return None
    return {"line": view_line(view, user), "moved": form.state != view.state}


def _condition_form(params: QueryDict) -> ConditionForm:
    form = ConditionForm.asked(params)
    if form is None:
        raise Http404
    return form


def show_part(request, params: QueryDict, **more):
    """The list as a part of its page, with more beside it."""
    return render(request, "clients/client_list.html#results", _context(request, params) | more)


def _render(request, params):
    template = "clients/client_list.html#results" if request.htmx else "clients/client_list.html"
    response = render(request, template, context := _context(request, params))
    if request.htmx:
        response.headers["HX-Push-Url"] = f"{reverse('clients:list')}?{context['place']}".removesuffix("?")
    return response


def _context(request, params) -> dict:
    user, today = request.user, clock.today(request.user)
    form = list_form(user, params)
    view = view_opened(user, form)
    clients = form.narrow(visible_clients(user), user, today)
    rank = [name.lstrip("-") for name in form.order if name.lstrip("-").endswith("_rank")]
    fields = words.fields_of(form.columns)
    place = form.query()
    for name in ("after", "before"):
        if name in params:
            place[name] = params[name]
    if form.is_by_answer:
        page = best_page(form.found, fields, place)
    else:
        page = keyset_page(clients.values_list(*fields, *rank, named=True), form.order, place)
    known = words_for(form.columns, form.conditions, page.rows, today=today)
    may_edit = may(user, "clients.edit")
    editable = EDITABLE if may_edit else ()
    maker = words.RowMaker(form.columns, known)
    return {
        "rows": [maker.row(client) for client in page.rows],
        "headings": words.headings(form, editable),
        "form": form,
        "nearly": form.found.nearly if form.found else False,
        "view": view,
        "actions": bulk_actions_for(user),
        "place": place.urlencode(safe=",:~@"),
        "state": form.query().urlencode(safe=",:~@"),
        "ticks_of": form.ticks_of(user),
        "groups": filter_words.chip_groups(form, known),
        "tie": filter_words.tie_of(form),
        "quick": filter_words.quick_chips(form),
        "switches": filter_words.switch_chips(form, offers_mine=user.scope in (Scope.DEPARTMENT, Scope.FIRM)),
        "menu_url": f"{reverse('clients:filter')}?{form.query().urlencode()}".removesuffix("?"),
        "page": page,
        "shown": _shown(form, clients, page),
        "narrow_rows": request.COOKIES.get("density") == "compact",
    }


def _shown(form, clients, page) -> str:
    """How many there are, counted no further than anybody reads."""
    if not page.next_query and not page.previous_query:
        return words.shown(len(page.rows), capped=False)
    if form.found and form.found.count is not None:
        return words.shown(form.found.count, capped=False)
    count = clients.order_by()[: words.MOST_COUNTED + 1].count()
    return words.shown(count, capped=count > words.MOST_COUNTED)
