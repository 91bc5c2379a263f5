"""Lists kept by name."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.access import get_view, visible_views
from clients.actions import saved_views as actions
from clients.forms.client_list import ClientListForm
from clients.forms.saved_views import SavedViewForm
from clients.presenters.saved_views import view_groups
from lawcrm.firm.forms.base import posted


@require_GET
def views(request):
    """All the views a person may open: a menu above the list, or a page of its own."""
    context = {"groups": view_groups(visible_views(request.user), request.user)}
    template = "clients/views.html#menu" if request.htmx else "clients/views.html"
    return render(request, template, context)


def view_save(request):
    """Keeps the list whose address comes with the form."""
    params = request.POST if request.method == "POST" else request.GET
    state = params.get("state", "") if request.method == "POST" else request.GET.urlencode()
    form = SavedViewForm(posted(request), by=request.user)
    if form.is_valid():
        values = form.cleaned_data
        view = actions.save_view(by=request.user, state=ClientListForm(QueryDict(state)).state, **values)
        messages.success(request, _("The list is saved as %s.") % view.name)
        return _go(request, _address(view))
    return _form(request, form, {"state": state})


def view_edit(request, pk):
    view = _own(request, pk)
    form = SavedViewForm(posted(request), by=request.user, view=view)
    if form.is_valid():
        values = dict(form.cleaned_data)
        pinned = values.pop("pinned")
        view = actions.update_view(view, by=request.user, **values)
        (actions.pin_view if pinned else actions.unpin_view)(view, by=request.user)
        return _go(request, _address(view))
    return _form(request, form, {"view": view})


@require_POST
def view_keep(request, pk):
    """The view shows from now on what the list shows that was sent along."""
    view = _own(request, pk)
    state = ClientListForm(QueryDict(request.POST.get("state", ""))).state
    actions.update_view(view, by=request.user, state=state)
    messages.success(request, _("%s shows this list from now on.") % view.name)
    return _go(request, _address(view))


@require_POST
def view_pin(request, pk):
    """Into the person's rail, or out of it."""
    view = get_view(request.user, pk)
    pinned = actions.is_pinned(view, request.user)
    (actions.unpin_view if pinned else actions.pin_view)(view, by=request.user)
    return _go(request, _address(view))


@require_POST
def view_delete(request, pk):
    view = _own(request, pk)
    actions.delete_view(view, by=request.user)
    messages.success(request, _("The list %s is no longer kept. Its clients are untouched.") % view.name)
    return _go(request, reverse("clients:list"))


def _own(request, pk):
    """A view the person may change; another's does not exist here."""
    view = get_view(request.user, pk)
    if not actions.may_change(request.user, view):
        raise Http404
    return view


def _address(view) -> str:
    return f"{reverse('clients:list')}?view={view.pk}"


def _go(request, address: str):
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


def _form(request, form, context: dict):
    template = "clients/view_form.html#form" if request.htmx else "clients/view_form.html"
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
