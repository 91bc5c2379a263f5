"""Pages of conflict checks."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.access import get_client
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.queries.people import people_with
from lawcrm.firm.roles import may
from matters.access import get_check, visible_checks
from matters.actions.conflicts import check_again, decide_check, run_check, subjects_of_names
from matters.enums import Decision
from matters.forms.conflicts import CheckFilter, CheckForm, DecisionForm
from matters.presenters.conflicts import check_line, names_asked, state_words, subject_lines
from matters.queries.conflicts import Subject, at_the_desk, hits_of


def conflict_list(request):
    chosen = CheckFilter(request.GET)
    checks = chosen.narrow(visible_checks(request.user), request.user)
    page = keyset_page(checks, ("-created_at", "-id"), request.GET)
    context = {"filter": chosen, "page": page, "rows": [check_line(check) for check in page.rows]}
    template = "matters/conflict_list.html#table" if request.htmx else "matters/conflict_list.html"
    return render(request, template, context)


def conflict_new(request):
    """The names are asked at once; from the search box they come as its words."""
    client_key = request.GET.get("client")
    client = get_client(request.user, client_key) if client_key else None
    form = CheckForm(posted(request))
    if form.is_valid():
        subjects = subjects_of_names(client, {"": form.cleaned_data["names"]})
        check = run_check(subjects, by=request.user, client=client, purpose=form.cleaned_data["purpose"])
        return redirect("matters:conflict", check.pk)
    return render(request, "matters/conflict_new.html", {"form": form, "client": client})


def conflict_detail(request, pk):
    return render(request, "matters/conflict_check.html", _context(request, get_check(request.user, pk)))


@require_POST
def conflict_decide(request, pk):
    check = get_check(request.user, pk)
    context = _context(request, check)
    form = DecisionForm(request.POST, **context["standing"])
    if form.is_valid():
        decide_check(check, by=request.user, **form.cleaned_data)
        messages.success(request, _("The decision is recorded."))
        return redirect("matters:conflict", pk)
    return render(request, "matters/conflict_check.html", {**context, "form": form})


@require_POST
def conflict_again(request, pk):
    """The same names against what the firm knows today."""
    check = get_check(request.user, pk)
    new = check_again(check, by=request.user, subjects=_asked_before(check))
    return redirect("matters:conflict", new.pk)


def conflict_certificate(request, pk):
    return render(
        request, "matters/conflict_certificate.html", _context(request, get_check(request.user, pk))
    )


def _asked_before(check) -> list[Subject]:
    return subjects_of_names(check.client, {"": names_asked(check)})


def _context(request, check) -> dict:
    user = request.user
    hits, hidden = hits_of(check, user)
    decides = may(user, "conflicts.decide")
    standing = {
        "hits": check.hit_count,
        "hidden": hidden,
        "may_decide": decides,
        "before": check.decision,
    }
    state, kind = state_words(check)
    return {
        "check": check,
        "client": check.client,
        "subjects": subject_lines(check, hits, user),
        "found": len(hits),
        "hidden": bool(hidden),
        "desk": people_with("conflicts.desk")[:5] if hidden else (),
        "at_the_desk": at_the_desk(user),
        "state": state,
        "state_kind": kind,
        "standing": standing,
        "form": DecisionForm(**standing),
        "may_decide": not hidden and (decides or not (check.hit_count or check.decision == Decision.REFUSED)),
    }
