"""Service plans and receivables."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.queries.needs import needs_of
from clients.rules.needs import is_open
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.views.saving import both_versions
from matters.access import get_matter, get_plan_of, get_receivable_of, visible_receivables
from matters.actions.service import change_invoice, invoice, receive, save_plan, void_invoice
from matters.forms.agenda import InvoiceForm, PlanForm, ReceiptForm, ReceivableFilter
from matters.presenters.agenda import money_line
from matters.queries.agenda import total_owed


def plan_add(request, pk):
    return _plan(request, get_matter(request.user, pk), None)


def plan_edit(request, pk, plan):
    matter = get_matter(request.user, pk)
    return _plan(request, matter, get_plan_of(matter, plan))


def _plan(request, matter, plan):
    needs = [
        need for need in needs_of(matter.client)
        if is_open(need.status) or (plan and need.service_plan_id == plan.pk)
    ]  # fmt: skip
    form = PlanForm(posted(request), needs=needs, instance=plan)
    title = plan.title if plan else _("Write a service plan")
    context = {"matter": matter, "form": form, "title": title}
    if form.is_valid():
        try:
            version = form.cleaned_data["version"]
            save_plan(matter, by=request.user, plan=plan, version=version, **form.changes())
        except StaleVersion as stale:
            return both_versions(request, "matters/small_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("matters:detail", matter.pk)
    return render(request, "matters/small_form.html", context)


def receivable_list(request):
    chosen = ReceivableFilter(request.GET)
    rows = chosen.narrow(visible_receivables(request.user), request.user)
    page = keyset_page(rows.for_lists(), ("due_on", "id"), request.GET)
    today = clock.today(request.user)
    context = {
        "filter": chosen,
        "page": page,
        "rows": [money_line(row, today) for row in page.rows],
        "total": total_owed(rows.owed()),
    }
    template = "matters/receivables.html#table" if request.htmx else "matters/receivables.html"
    return render(request, template, context)


def invoice_add(request, pk):
    matter = get_matter(request.user, pk)
    form = InvoiceForm(posted(request), initial={"issued_on": clock.today(request.user)})
    if form.is_valid():
        invoice(matter, by=request.user, **form.changes())
        messages.success(request, _("The invoice is noted."))
        return redirect("matters:detail", pk)
    return render(
        request, "matters/small_form.html", {"matter": matter, "form": form, "title": _("Note an invoice")}
    )


def invoice_edit(request, pk, receivable):
    matter = get_matter(request.user, pk)
    held = get_receivable_of(matter, receivable)
    if held.voided_at:
        raise Http404
    form = InvoiceForm(posted(request), instance=held)
    context = {"matter": matter, "form": form, "title": str(held)}
    if form.is_valid():
        try:
            change_invoice(
                held, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            return both_versions(request, "matters/small_form.html", context, stale)
        messages.success(request, _("Saved."))
        return redirect("matters:detail", pk)
    return render(request, "matters/small_form.html", context)


def invoice_receive(request, pk, receivable):
    matter = get_matter(request.user, pk)
    held = get_receivable_of(matter, receivable)
    form = ReceiptForm(posted(request), receivable=held)
    if form.is_valid():
        receive(held, by=request.user, **form.cleaned_data)
        messages.success(request, _("The payment is noted."))
        return redirect("matters:detail", pk)
    return render(
        request, "matters/small_form.html", {"matter": matter, "form": form, "title": _("Note a payment")}
    )


@require_POST
def invoice_void(request, pk, receivable):
    matter = get_matter(request.user, pk)
    void_invoice(get_receivable_of(matter, receivable), by=request.user)
    messages.success(request, _("The invoice is void."))
    return redirect("matters:detail", pk)
