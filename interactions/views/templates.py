"""Message templates: the list, the built-in texts, writing one's own."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import visible_clients
from interactions.access import get_template, visible_templates
from interactions.actions import templates as actions
from interactions.enums import MessageChannel, Occasion
from interactions.forms.templates import TemplateForm
from interactions.presenters import messages as words
from interactions.presenters.templates import occasions
from interactions.queries.clients import clients_for_preview
from interactions.rules.texts import BUILT_IN
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.queries.audit import last_saver


def template_list(request):
    found = occasions(visible_templates(request.user).in_use())
    return render(request, "care/templates.html", {"occasions": found})


def text(request, code):
    """A built-in text, and how it reads for a real client."""
    found = BUILT_IN.get(code)
    if found is None:
        raise Http404
    clients = clients_for_preview(visible_clients(request.user), request.user)
    chosen = next((one for one in clients if str(one.pk) == request.GET.get("client")), None) or next(
        iter(clients), None
    )
    context = {
        "text": found,
        "occasion": Occasion(found.occasion).label,
        "channel": MessageChannel(found.channel).label,
        "clients": clients,
        "chosen": chosen,
        "preview": _preview(request, found.subject, found.body, found.occasion, chosen),
    }
    return render(request, "care/text.html", context)


def template_new(request):
    start = BUILT_IN.get(request.GET.get("from", ""))
    initial = {"occasion": request.GET.get("occasion", "")}
    if start:
        initial = {
            name: getattr(start, name) for name in ("occasion", "channel", "language", "subject", "body")
        }
    form = TemplateForm(posted(request), clients=_clients(request), initial=initial)
    if form.is_valid() and "preview" not in request.POST:
        actions.make_template(by=request.user, **form.changes())
        messages.success(request, _("The template is in use."))
        return redirect("care:templates")
    return _form(request, form)


def template(request, pk):
    held = get_template(request.user, pk)
    form = TemplateForm(posted(request), clients=_clients(request), instance=held)
    if form.is_valid() and "preview" not in request.POST:
        try:
            actions.change_template(
                held, by=request.user, version=form.cleaned_data["version"] or 0, changes=form.changes()
            )
        except StaleVersion as stale:
            more = {"differences": form.differences(stale.theirs), "saver": last_saver(held)}
            form.rebase(stale.theirs)
            return _form(request, form, held, status=409, **more)
        messages.success(request, _("Saved."))
        return redirect("care:templates")
    return _form(request, form, held)


@require_POST
def template_retire(request, pk):
    actions.retire_template(get_template(request.user, pk), by=request.user)
    messages.success(request, _("The template is out of use."))
    return redirect("care:templates")


def _form(request, form, held=None, status=200, **more):
    context = {"form": form, "template": held, "help": words.placeholder_help(), **more}
    if form.is_bound and form.is_valid() and "preview" in request.POST:
        clean = form.cleaned_data
        context["preview"] = _preview(
            request, clean["subject"], clean["body"], clean["occasion"], clean["client"]
        )
    return render(request, "care/template_form.html", context, status=status)


def _preview(request, subject, body, occasion, client):
    if client is None:
        return None
    return words.compose(
        subject,
        body,
        client=client,
        sender=request.user,
        on=clock.today(request.user),
        **words.sample_values(occasion),
    )


def _clients(request):
    """Those a preview offers; any other that the person sees may be named by its key."""
    offered = clients_for_preview(visible_clients(request.user), request.user)
    return (
        visible_clients(request.user).filter(pk__in=[one.pk for one in offered]).select_related("responsible")
    )
