"""How far long work has come."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from lawcrm.firm.access import get_job
from lawcrm.firm.actions.jobs import cancel_job
from lawcrm.firm.presenters.jobs import job_progress


def job(request, pk):
    """A page, or for htmx the part of it that asks again each second until the work is over."""
    found = get_job(request.user, pk)
    progress = job_progress(found)
    if request.htmx and progress.result_url:
        return HttpResponse(headers={"HX-Redirect": progress.result_url})
    template = "firm/job.html#progress" if request.htmx else "firm/job.html"
    return render(request, template, {"job": found, "progress": progress})


@require_POST
def job_cancel(request, pk):
    found = get_job(request.user, pk)
    cancel_job(found.pk, by=request.user)
    return redirect("firm:job", found.pk)
