"""Long work in chunks: what a chunk writes and how far it came commit together, so a kill costs one chunk's time.

Who works on a job shows by the lock on its row, which dies with the worker's connection. The short lease only
covers the moment between counting the try (committed first, so that a killer chunk is found out) and the lock.
"""

import logging
from copy import deepcopy
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.jobs import JobStopped, chunk_function
from lawcrm.firm.models import Job
from lawcrm.firm.origin import origin
from lawcrm.firm.wake import wake_job

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=2)
PAUSE = timedelta(seconds=10)  # before another try after trouble, longer each time
TRIES = 3  # without progress; then the job is parked with its reason
OPEN = (Job.State.WAITING, Job.State.RUNNING)


@transaction.atomic
def start_job(*, kind: str, by, params: dict, total: int = 0, done: int = 0, wake: bool = True) -> Job:
    """Records a job; a worker is woken after the commit, and the next tick finds it anyway.

    `wake=False`: whoever starts it does it at once, or it may wait for the tick.
    """
    chunk_function(kind)
    job = Job.objects.create(kind=kind, requested_by=by, params=params, total=total, done=done)
    if wake:
        wake_job(job.pk)
    return job


def run_next_chunk(job_id: UUID) -> bool:
    """Does one chunk. True when more is left for whoever calls again; False when done, failed, or another's."""
    token = _claim(job_id)
    if token is None:
        return False
    try:
        return _work(job_id, token)
    except JobStopped as stop:
        _fail(job_id, token, str(stop))
    except (
        Exception
    ) as error:  # the chunk is undone; the job remembers the kind of trouble, never the data in it
        logger.exception("job %s: a chunk failed", job_id)
        _note_trouble(job_id, token, type(error).__name__)
    return False


@transaction.atomic
def cancel_job(job_id: UUID, *, by) -> Job:
    """Stops a job after the chunk that runs; what was committed stays."""
    job = Job.objects.select_for_update(no_key=True).get(pk=job_id)
    if job.state in OPEN:
        job.state, job.finished_at = Job.State.CANCELLED, clock.now()
        job.save(update_fields=["state", "finished_at"])
        audit.record(by=by, verb="job.cancelled", obj=job, label=job.kind)
    return job


def due_job_ids(limit: int = 100) -> list[UUID]:
    """Jobs that nobody holds a lease on: waiting, or left behind by a worker that died."""
    return list(
        Job.objects.filter(state__in=OPEN)
        .filter(Q(lease_until__isnull=True) | Q(lease_until__lte=clock.now()))
        .order_by("id")
        .values_list("pk", flat=True)[:limit]
    )


@transaction.atomic
def _claim(job_id):
    """Counts a try and takes the lease; None where the job is finished, held, or out of tries."""
    job = _locked(job_id)
    now = clock.now()
    if job is None or (job.lease_until and job.lease_until > now):
        return None
    if job.attempts >= TRIES:
        _finish(job, Job.State.FAILED, job.problem or "killed")
        return None
    job.attempts += 1
    job.state = Job.State.RUNNING
    job.started_at = job.started_at or now
    job.lease_until = now + LEASE
    job.save(update_fields=["attempts", "state", "started_at", "lease_until"])
    return job.lease_until


@transaction.atomic
def _work(job_id, token) -> bool:
    with connection.cursor() as cursor:  # a worker cut off from the network must not hold the row for ever
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '240s'")
    job = _held(job_id, token)
    if job is None:
        return False
    if not job.requested_by.is_active:
        raise JobStopped("requester_inactive")
    before = (deepcopy(job.cursor), job.done)
    with origin(f"job {job.kind}"):
        more = bool(chunk_function(job.kind)(job))
    job.lease_until = None
    job.problem = ""
    if (job.cursor, job.done) != before:
        job.attempts = 0
    if not more:
        job.state, job.finished_at = Job.State.DONE, clock.now()
    job.save()
    return more


def _held(job_id, token):
    job = _locked(job_id)
    return job if job is not None and job.lease_until == token else None


def _locked(job_id):
    """The open job with its row locked; None where it is finished or somebody works on it."""
    return (
        Job.objects.select_for_update(skip_locked=True, of=["self"], no_key=True)
        .select_related("requested_by")
        .filter(pk=job_id, state__in=OPEN)
        .first()
    )


@transaction.atomic
def _fail(job_id, token, problem: str) -> None:
    if job := _held(job_id, token):
        _finish(job, Job.State.FAILED, problem)


@transaction.atomic
def _note_trouble(job_id, token, problem: str) -> None:
    """Leaves the job to the next try, some seconds later each time; parks it after the last."""
    if not (job := _held(job_id, token)):
        return
    job.problem = problem[:300]
    if job.attempts >= TRIES:
        _finish(job, Job.State.FAILED, job.problem)
        return
    job.lease_until = clock.now() + PAUSE * job.attempts
    job.save(update_fields=["problem", "lease_until"])


def _finish(job, state, problem: str) -> None:
    job.state, job.problem, job.finished_at, job.lease_until = state, problem[:300], clock.now(), None
    job.save(update_fields=["state", "problem", "finished_at", "lease_until"])
