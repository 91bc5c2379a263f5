"""The policy page: what would change is shown before anything does."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lawcrm.firm.actions.policy import change_policy, differences
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.policy import PolicyForm, text_of, words_of
from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.policy_effects import effects_of
from lawcrm.firm.queries.policy import current_version, policy_versions

VERSIONS_SHOWN = 10


def policy(request):
    held = current_policy()
    form = PolicyForm(posted(request), policy=held, version=current_version())
    context = {"form": form, "history": _history()}
    if form.is_valid():
        wanted = form.policy()
        if "save" in request.POST:
            saved = change_policy(by=request.user, policy=wanted, note=form.cleaned_data["note"])
            messages.success(
                request, _("The new policy holds from now on.") if saved else _("Nothing to change.")
            )
            return redirect("firm:policy")
        context |= {
            "changes": _lines(differences(held, wanted)),
            "effects": effects_of(held, wanted),
            "looked": True,
        }
    return render(request, "firm/policy.html", context)


def _history() -> list[dict]:
    """Each version with what it changed from the one before."""
    versions = policy_versions(VERSIONS_SHOWN)
    older = [FirmPolicy.from_values(version.values) for version in versions[1:]] + [FirmPolicy()]
    return [
        {"version": version, "changes": _lines(differences(before, FirmPolicy.from_values(version.values)))}
        for version, before in zip(versions, older, strict=False)
    ][:VERSIONS_SHOWN]


def _lines(changes: dict[str, list]) -> list[dict]:
    return [
        {"label": words_of(name), "old": text_of(name, old), "new": text_of(name, new)}
        for name, (old, new) in changes.items()
    ]
