"""The firm's tags, and those of one client."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client, get_tag, tag_counts, visible_tags
from clients.actions.tags import TagTaken, delete_tag, make_tag, rename_tag, set_tags
from clients.forms.tags import ClientTagsForm, TagForm
from clients.presenters.tags import tag_lines
from lawcrm.firm.forms.base import posted
from lawcrm.firm.roles import may


def tags(request):
    """All tags, each with how many clients of the reader's carry it; POST makes one."""
    form = TagForm(posted(request))
    if form.is_valid():
        make_tag(by=request.user, name=form.cleaned_data["name"])
        return redirect("clients:tags")
    lines = tag_lines(visible_tags(request.user), tag_counts(request.user))
    context = {"lines": lines, "form": form, "may_delete": may(request.user, "views.share")}
    return render(request, "clients/tags.html", context, status=422 if form.is_bound else 200)


def tag_edit(request, pk):
    tag = get_tag(request.user, pk)
    form = TagForm(posted(request), initial={"name": tag.name})
    if form.is_valid():
        try:
            rename_tag(tag, by=request.user, name=form.cleaned_data["name"])
        except TagTaken:
            form.add_error("name", _("There is a tag of this name already."))
        else:
            return redirect("clients:tags")
    context = {"form": form, "tag": tag}
    return render(request, "clients/tag_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def tag_delete(request, pk):
    tag = get_tag(request.user, pk)
    if not may(request.user, "views.share"):
        raise Http404
    delete_tag(tag, by=request.user)
    messages.success(request, _("The tag %s is gone from every client.") % tag.name)
    return redirect("clients:tags")


def client_tags(request, pk):
    """Which tags a client carries, ticked; and one more, written."""
    client = get_client(request.user, pk)
    form = ClientTagsForm(posted(request), client=client, by=request.user)
    if form.is_valid():
        chosen = list(form.cleaned_data["tags"])
        if form.cleaned_data["name"]:
            chosen.append(make_tag(by=request.user, name=form.cleaned_data["name"]))
        set_tags(client, by=request.user, tags=chosen)
        if request.htmx:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return redirect("clients:detail", pk)
    template = "clients/client_tags.html#form" if request.htmx else "clients/client_tags.html"
    return render(request, template, {"form": form, "client": client}, status=422 if form.is_bound else 200)
