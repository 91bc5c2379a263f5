"""Which relationship the firm has with a client, why, how it came, and a partner's own judgement."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from clients.actions.overrides import override_type, withdraw_override
from clients.actions.relationship import judgement_of
from clients.evidence import visible_evidence
from clients.forms.relationship import OverrideForm
from clients.presenters.ladder import full_ladder_context, path_lines, seen_by_reader
from clients.queries.client_page import current_assessment, holding_override
from clients.queries.relationship import overrides_of, path_of
from clients.rules.relationship import assess
from clients.rules.relationship_facts import RelationshipPolicy
from lawcrm.firm import clock
from lawcrm.firm.policy import current_policy


def relationship(request, pk):
    """The ladder criterion by criterion, judged now, and the path; for htmx only the criteria."""
    client = get_client(request.user, pk)
    ladder = _ladder(client, request.user)
    if request.htmx:
        return render(request, "components/ladder_why.html", {"ladder": ladder})
    context = {
        "client": client,
        "ladder": ladder,
        "path": path_lines(path_of(client)),
        "overrides": overrides_of(client),
    }
    return render(request, "clients/relationship.html", context)


def _ladder(client, user) -> dict:
    today, policy = clock.today(), RelationshipPolicy.of(current_policy())
    links = visible_evidence(user, client.pk, since=policy.window_start(today))
    facts = seen_by_reader(judgement_of(client.pk, today).facts, links)
    row, override = current_assessment(client), holding_override(client, today)
    return full_ladder_context(client, user, row, assess(facts, policy, today), links, override, today)


def override(request, pk):
    client = get_client(request.user, pk)
    form = OverrideForm(request.POST or None, initial={"type": client.relationship_type})
    if request.method == "POST" and form.is_valid():
        override_type(client, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Your judgement counts from now on; the assessed type is shown beside it.")
        )
        return redirect("clients:relationship", client.pk)
    holding = holding_override(client, clock.today())
    return render(request, "clients/override_form.html", {"client": client, "form": form, "holding": holding})


@require_POST
def override_withdraw(request, pk):
    client = get_client(request.user, pk)
    if withdraw_override(client, by=request.user):
        messages.success(request, _("The assessed type counts again."))
    return redirect("clients:relationship", client.pk)
