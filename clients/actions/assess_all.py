"""Judging everybody: each night, and when the firm has changed its thresholds."""

from django.utils.translation import gettext_lazy as _

from clients.actions.everybody import take_next
from clients.actions.relationship import CHUNK, assess_clients
from clients.queries.relationship import number_of_clients, write_snapshot
from lawcrm.firm import clock, jobs
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

KIND = "clients.assess_all"
job_words.label(KIND, _("Relationships are assessed anew"))


def assess_next(cursor: dict, *, alert: bool = True) -> bool:
    """Judges the next chunk of all clients; after the last, the month's figures."""
    more = take_next(
        cursor, lambda ids: {"judged": len(ids), "changed": assess_clients(ids, alert=alert)}, limit=CHUNK
    )
    if not more:
        write_snapshot(clock.today().replace(day=1))
    return more


def start_assessing_all(*, by, result_url: str = "") -> Job:
    """After a change of thresholds: everybody is judged anew, and a fall says nothing of the client."""
    return start_job(kind=KIND, by=by, params={"result_url": result_url}, total=number_of_clients())


@jobs.register(KIND)
def _run_chunk(job: Job) -> bool:
    more = assess_next(job.cursor, alert=False)
    job.done = job.cursor.get("judged", 0)
    job.result = {"changed": job.cursor.get("changed", 0)}
    return more
