"""The settings of the triggers: what a change would raise is shown before it is saved."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from interactions.forms.triggers import TriggersForm
from interactions.policy_effect import changed_triggers
from lawcrm.firm.actions.policy import change_policy
from lawcrm.firm.forms.base import posted
from lawcrm.firm.policy import current_policy
from lawcrm.firm.policy_effects import effects_of
from lawcrm.firm.queries.policy import current_version


def triggers(request):
    held = current_policy()
    form = TriggersForm(posted(request), policy=held, version=current_version())
    context = {"form": form}
    if form.is_valid():
        wanted = form.policy()
        if "save" in request.POST:
            saved = change_policy(by=request.user, policy=wanted, note=form.cleaned_data["note"])
            messages.success(
                request, _("Holds from the coming night on.") if saved else _("Nothing to change.")
            )
            return redirect("interactions:triggers")
        context |= {
            "looked": True,
            "changes": changed_triggers(held, wanted),
            "effects": effects_of(held, wanted),
        }
    return render(request, "interactions/triggers.html", context)
