"""What the workers run. Messages carry ids only; each task may be run twice, or never, and no harm is done."""

import time
from uuid import UUID

from celery import shared_task

from lawcrm.firm.actions import jobs, outbox, schedule
from lawcrm.firm.wake import wake

SECONDS = 25  # then the task makes room for others and asks to be called again


@shared_task(name="firm.run_job")
def run_job(job_id: str) -> None:
    """Works on a job, chunk after chunk."""
    until = time.monotonic() + SECONDS
    while jobs.run_next_chunk(UUID(job_id)):
        if time.monotonic() >= until:
            wake("firm.run_job", job_id)
            return


@shared_task(name="firm.send_outbox")
def send_outbox() -> None:
    """Sends what is due."""
    if outbox.send_due(seconds=SECONDS):
        wake("firm.send_outbox")


@shared_task(name="firm.run_daily")
def run_daily(code: str, local_date: str) -> None:
    """Works on one day's run of a periodic job."""
    until = time.monotonic() + SECONDS
    while schedule.run_next_part(code, local_date):
        if time.monotonic() >= until:
            wake("firm.run_daily", code, local_date)
            return


@shared_task(name="firm.tick")
def tick() -> None:
    """Each minute: what is due now?"""
    schedule.tick()
