"""Scoring everybody: each night, and when the firm has changed its weights."""

from django.utils.translation import gettext_lazy as _

from clients.actions.everybody import take_next
from clients.actions.grading import CHUNK, score_clients
from clients.queries.relationship import number_of_clients
from lawcrm.firm import jobs
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

KIND = "clients.score_all"
job_words.label(KIND, _("Clients are scored anew"))


def score_next(cursor: dict, *, alert: bool = True) -> bool:
    """Scores the next chunk of all clients."""
    return take_next(
        cursor, lambda ids: {"scored": len(ids), "changed": score_clients(ids, alert=alert)}, limit=CHUNK
    )


def start_scoring_all(*, by, result_url: str = "") -> Job:
    """After a change of weights or cut-offs; a change of grade then says nothing of the client, so no notes go out."""
    return start_job(kind=KIND, by=by, params={"result_url": result_url}, total=number_of_clients())


@jobs.register(KIND)
def _run_chunk(job: Job) -> bool:
    more = score_next(job.cursor, alert=False)
    job.done = job.cursor.get("scored", 0)
    job.result = {"changed": job.cursor.get("changed", 0)}
    return more
