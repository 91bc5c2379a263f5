"""Erasing beside the pages: every text of a large firm is read through, which takes longer than anybody should wait.

One chunk and one transaction all the same: held, and nothing changes; or erased everywhere. A worker that dies leaves
everything as it was, and the next one begins anew.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clients.actions.erasure import erase
from clients.models import ErasureRequest
from clients.queries.subject_rows import texts_on_record
from lawcrm.firm.actions.jobs import OPEN, start_job
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

AT_ONCE = 200_000  # rows with texts, read through in about a second; where there are more, a worker does it

job_words.label("clients.erasure", _("Erasing"))
job_words.PROBLEMS["erasure_not_allowed"] = _("You may no longer answer such requests. Nothing was erased.")


@transaction.atomic
def start_erasure(request: ErasureRequest, *, by) -> Job | None:
    """Erases at once (None), or says which job does; the same one where it was started before."""
    held = (
        ErasureRequest.objects.unscoped()
        .select_for_update(of=("self",))
        .select_related("job")
        .get(pk=request.pk)
    )
    if held.job and held.job.state in OPEN:
        return held.job
    if texts_on_record() <= AT_ONCE:
        erase(held, by=by)
        return None
    params = {"request": str(held.pk), "result_url": reverse("clients:privacy_requests")}
    held.job = start_job(kind="clients.erasure", by=by, params=params, total=1)
    held.save(update_fields=["job", "updated_at"])
    return held.job


@register("clients.erasure")
def erasure_chunk(job) -> bool:
    request = ErasureRequest.objects.unscoped().get(pk=job.params["request"])
    try:
        erase(request, by=job.requested_by)
    except PermissionDenied:
        raise JobStopped("erasure_not_allowed") from None
    job.done = 1
    return False
