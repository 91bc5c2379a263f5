"""The work in the background, for administrators: is it alive, what is stuck, what may not have been sent."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lawcrm.firm import clock
from lawcrm.firm.actions.outbox import send_again, settle
from lawcrm.firm.presenters.machinery import job_lines, message_lines, part_lines, run_lines
from lawcrm.firm.queries import machinery as queries


def machinery(request):
    fresh = clock.now() - timedelta(minutes=2)
    context = {
        "parts": part_lines(queries.heartbeats(), fresh),
        "jobs": job_lines(queries.jobs_worth_a_look()),
        "runs": run_lines(queries.daily_runs()),
        "messages_in_trouble": message_lines(queries.troubled_messages()[: queries.SHOWN]),
        "waiting": queries.waiting_messages(),
    }
    return render(request, "firm/machinery.html", context)


@require_POST
def message_again(request, pk):
    """Sends a message again on purpose: its outcome was unknown, or it failed."""
    if not send_again(_message(pk), by=request.user):
        raise Http404
    messages.success(request, _("It will be sent again."))
    return redirect("firm:machinery")


@require_POST
def message_settled(request, pk):
    """Leaves it at that."""
    if not settle(_message(pk), by=request.user):
        raise Http404
    return redirect("firm:machinery")


def _message(pk):
    return queries.troubled_messages().filter(pk=pk)
