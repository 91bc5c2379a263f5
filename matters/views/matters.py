"""Pages of matters: door, form, action, render."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.queries.audit import last_saver
from lawcrm.firm.roles import may
from matters.access import get_check, get_fee_of, get_matter, visible_matters
from matters.actions.conflicts import Refused
from matters.actions.fees import record_fee, withdraw_fee
from matters.actions.matters import close_matter, open_matter, record_progress, update_matter
from matters.forms.matters import CloseForm, FeeForm, MatterFilter, MatterForm, NewMatterForm, ProgressForm
from matters.forms.parties import TeamForm
from matters.presenters.agenda import date_line, money_line
from matters.presenters.before_opening import warn_of_conflicts
from matters.presenters.conflicts import names_asked, refused_words
from matters.presenters.matters import matter_line, progress_owed_since, stage_after, stage_steps
from matters.queries.conflicts import current_check
from matters.queries.fees import fees_of
from matters.queries.matters import BY_ACCEPTANCE
from matters.queries.service import money_of, plan_rows
from matters.rules.key_dates import after_care_days, renewal_from


def matter_list(request):
    chosen = MatterFilter(request.GET)
    matters = chosen.filter(visible_matters(request.user).for_lists(), request.user)
    page = keyset_page(matters, BY_ACCEPTANCE, request.GET)
    today = clock.today(request.user)
    context = {"filter": chosen, "page": page, "rows": [matter_line(matter, today) for matter in page.rows]}
    template = "matters/matter_list.html#table" if request.htmx else "matters/matter_list.html"
    return render(request, template, context)


def matter_create(request):
    client = get_client(request.user, request.GET.get("client", ""))
    initial = {"responsible": client.responsible_id, "accepted_on": clock.today(request.user)}
    if check := request.GET.get("check"):
        initial["opposing"] = names_asked(get_check(request.user, check))
    form = NewMatterForm(posted(request), initial=initial)
    if form.may_be_saved(lambda asked: warn_of_conflicts(asked, client, request.user)):
        try:
            matter = open_matter(by=request.user, client=client, parties=form.parties, **form.changes())
        except Refused as refused:
            form.add_error(None, refused_words(refused.check, request.user))
        else:
            messages.success(request, _("The matter is open."))
            return redirect("matters:detail", matter.pk)
    return render(request, "matters/matter_form.html", {"form": form, "client": client})


def matter_detail(request, pk):
    matter = get_matter(request.user, pk)
    return render(request, "matters/matter_detail.html", _detail(request, matter))


def matter_edit(request, pk):
    matter = get_matter(request.user, pk)
    form = MatterForm(posted(request), instance=matter)
    context = {"form": form, "matter": matter, "client": matter.client}
    if form.is_valid():
        try:
            update_matter(
                matter, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            context |= {"differences": form.differences(stale.theirs), "saver": last_saver(matter)}
            form.rebase(stale.theirs)
            return render(request, "matters/matter_form.html", context, status=409)
        except Refused as refused:
            form.add_error("stage", refused_words(refused.check, request.user))
            return render(request, "matters/matter_form.html", context)
        messages.success(request, _("Saved."))
        return redirect("matters:detail", pk)
    return render(request, "matters/matter_form.html", context)


@require_POST
def matter_progress(request, pk):
    matter = get_matter(request.user, pk)
    form = ProgressForm(request.POST)
    if not form.is_valid():
        return render(
            request, "matters/matter_detail.html", {**_detail(request, matter), "progress_form": form}
        )
    record_progress(matter, by=request.user, **form.cleaned_data)
    messages.success(request, _("Progress recorded."))
    return redirect("matters:detail", pk)


@require_POST
def matter_fee(request, pk):
    matter = get_matter(request.user, pk)
    form = FeeForm(request.POST)
    if not form.is_valid():
        return render(request, "matters/matter_detail.html", {**_detail(request, matter), "fee_form": form})
    record_fee(matter, by=request.user, **form.cleaned_data)
    messages.success(request, _("The fee is noted."))
    return redirect("matters:detail", pk)


@require_POST
def matter_fee_withdraw(request, pk, fee):
    matter = get_matter(request.user, pk)
    if withdraw_fee(get_fee_of(matter, fee), by=request.user):
        messages.success(request, _("The fee no longer counts."))
    return redirect("matters:detail", pk)


def matter_close(request, pk):
    matter = get_matter(request.user, pk)
    form = CloseForm(posted(request), matter=matter, initial={"closed_on": clock.today(request.user)})
    if form.is_valid():
        close_matter(matter, by=request.user, **form.cleaned_data)
        messages.success(request, _("The matter is closed."))
        return redirect("matters:detail", pk)
    return render(request, "matters/matter_close.html", {"form": form, "matter": matter})


def _detail(request, matter) -> dict:
    today = clock.today(request.user)
    progress = list(matter.progress.select_related("made_by")[:50])
    return {
        "matter": matter,
        "steps": stage_steps(matter),
        "team": list(matter.team.select_related("user")),
        "team_form": TeamForm(),
        "may_edit": may(request.user, "matters.edit") and matter.state == "open",
        "dates": [date_line(one, today) for one in matter.key_dates.select_related("owner")],
        "milestones": list(matter.milestones.all()),
        "plans": plan_rows(matter),
        "money": [money_line(row, today) for row in money_of(matter)],
        "next_stage": stage_after(matter),
        "owed_since": progress_owed_since(matter, progress, today),
        "after_care": after_care_days(matter.closed_on) if matter.closed_on else (),
        "renewal_due": bool(matter.ends_on and renewal_from(matter.ends_on) <= today),
        "parties": list(matter.parties.all()),
        "check": current_check(matter),
        "progress": progress,
        "fees": fees_of(matter),
        "fee_form": FeeForm(initial={"on": clock.today(request.user)}),
        "progress_form": ProgressForm(initial={"on": clock.today(request.user)}),
    }
