"""Adding and changing a client."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clients.access import get_client, visible_clients
from clients.actions.clients import NumberTaken, create_client, reveal, set_team, update_client
from clients.forms.clients import ClientForm, TeamForm
from clients.presenters.client_page import SEALED
from clients.presenters.dates import date_reading
from clients.presenters.similar import cautions
from clients.queries.similar import owner_of_number, similar_clients
from clients.rules.birth_dates import read_birth_date
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.queries.audit import last_saver
from lawcrm.firm.roles import may
from lawcrm.firm.throttle import limits_looks


def client_create(request):
    form = ClientForm(posted(request), by=request.user)
    if form.is_bound and form.may_be_saved(_look_alikes):
        values = form.changes()
        try:
            client = create_client(by=request.user, **values)
        except NumberTaken as taken:
            _say_taken(form, taken, values, request.user)
        else:
            messages.success(request, _("%s is now a client.") % client.name)
            return redirect("clients:detail", client.pk)
    return render(request, "clients/client_form.html", {"form": form}, status=_status(form))


def client_edit(request, pk):
    client = get_client(request.user, pk)
    form = ClientForm(posted(request), by=request.user, instance=client)
    context = {"form": form, "client": client}
    if form.is_bound and form.may_be_saved(_look_alikes):
        values = form.changes()
        try:
            update_client(
                client,
                by=request.user,
                version=form.cleaned_data["version"],
                changes=values,
                grade_reason=form.why_graded,
                was_mistyped=form.cleaned_data["was_mistyped"],
            )
        except NumberTaken as taken:
            _say_taken(form, taken, values, request.user)
        except StaleVersion as stale:
            context |= {"differences": form.differences(stale.theirs), "saver": last_saver(client)}
            form.rebase(stale.theirs)
            return render(request, "clients/client_form.html", context, status=409)
        else:
            messages.success(request, _("Saved."))
            return redirect("clients:detail", pk)
    return render(request, "clients/client_form.html", context, status=_status(form))


def client_similar(request):
    """While a new client is typed: who looks the same. Takes what stands in the form, complete or not."""
    form = ClientForm(request.POST, by=request.user, instance=_edited(request))
    form.is_valid()
    _look_alikes(form)
    alike = [warning for warning in form.warnings if warning.code == "hidden" or warning.url]
    return render(request, "clients/client_similar.html", {"alike": alike})


def read_date(request):
    """While a birthday is typed: what it is read as, and when it is kept next. Writes nothing."""
    reading = read_birth_date(
        request.POST.get(request.GET.get("field", ""), ""), latest=clock.today(request.user)
    )
    return render(
        request, "clients/date_reading.html", {"reading": date_reading(reading, clock.today(request.user))}
    )


def client_team(request, pk):
    client = get_client(request.user, pk)
    form = TeamForm(posted(request), client=client)
    if form.is_valid():
        set_team(client, by=request.user, people=form.cleaned_data["people"])
        messages.success(request, _("Saved."))
        still_visible = visible_clients(request.user).filter(pk=pk).exists()
        return redirect("clients:detail", pk) if still_visible else redirect("clients:list")
    return render(request, "clients/client_team.html", {"form": form, "client": client})


@limits_looks
def client_reveal(request, pk, field):
    """A sealed value in clear, for this look only; the look is recorded."""
    client = get_client(request.user, pk)
    if field not in SEALED:
        raise Http404
    context = {"client": client, "value": reveal(client, field, by=request.user)}
    template = "clients/client_revealed.html#value" if request.htmx else "clients/client_revealed.html"
    return render(request, template, context)


def _look_alikes(form) -> None:
    similar = similar_clients(form.described(), form.by, besides=form.instance)
    edited = form.instance if may(form.by, "clients.merge") else None
    form.warnings += cautions(similar, edited)


def _edited(request):
    pk = request.GET.get("client")
    return get_client(request.user, pk) if pk else None


def _status(form) -> int:
    """422 tells htmx and tests that nothing was saved."""
    return 422 if form.is_bound else 200


def _say_taken(form, taken: NumberTaken, values: dict, user) -> None:
    """Names the other client only to those who may see it."""
    other = owner_of_number(taken.field, values.get(taken.field, ""), user)
    if other:
        text = _("This number belongs to %s already.") % other.name
    else:
        text = _("This number belongs to another client already. Ask the administrator.")
    form.add_error(taken.field, text)
