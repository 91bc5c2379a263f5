"""How long what is kept: what would go is counted and shown before anything is switched on."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lawcrm.firm import retention as kept
from lawcrm.firm.actions.retention import change_retention
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.retention import RetentionForm
from lawcrm.firm.policy import current_policy
from lawcrm.firm.queries.policy import current_version


def retention(request):
    policy = current_policy()
    form = RetentionForm(posted(request), policy=policy, version=current_version())
    looked = form.is_valid()
    if looked and "save" in request.POST:
        saved = change_retention(
            by=request.user,
            days=form.days(),
            matter_keep_years=form.cleaned_data["matter_keep_years"],
            note=form.cleaned_data["note"],
        )
        messages.success(
            request,
            _("From tonight on the firm forgets by these days.") if saved else _("Nothing to change."),
        )
        return redirect("firm:retention")
    days = form.days() if looked else {one.code: one.days(policy) for one in kept.classes()}
    counts = {one.code: kept.due(one, days[one.code]) for one in kept.classes()}
    context = {"form": form, "looked": looked, "lines": form.lines(counts), "total": sum(counts.values())}
    return render(request, "firm/retention.html", context)
