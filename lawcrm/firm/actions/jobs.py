"""Starting long work."""

from django.db import transaction

from lawcrm.firm.models import Job


@transaction.atomic
def start_job(*, kind: str, by, params: dict, total: int = 0) -> Job:
    """Records a job; the next tick (or the wake-up after commit) begins it."""
    return Job.objects.create(kind=kind, requested_by=by, params=params, total=total)
