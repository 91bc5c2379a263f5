"""Scoring everybody: each night, and when the firm has changed its weights."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients.actions.grading import CHUNK, score_clients
from clients.queries.relationship import next_client_ids, number_of_clients
from lawcrm.firm import jobs
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.memory import without_collection
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

KIND = "clients.score_all"
job_words.label(KIND, _("Clients are scored anew"))


def score_next(cursor: dict, *, alert: bool = True) -> bool:
    """Scores the next chunk of all clients and notes in `cursor` how far it came; each chunk commits by itself."""
    ids = next_client_ids(after=UUID(cursor["after"]) if "after" in cursor else None, limit=CHUNK)
    if not ids:
        return False
    with without_collection():
        changed = score_clients(ids, alert=alert)
    cursor["after"] = str(ids[-1])
    cursor["scored"] = cursor.get("scored", 0) + len(ids)
    cursor["changed"] = cursor.get("changed", 0) + changed
    return True


def start_scoring_all(*, by, result_url: str = "") -> Job:
    """After a change of weights or cut-offs; a change of grade then says nothing of the client, so no notes go out."""
    return start_job(kind=KIND, by=by, params={"result_url": result_url}, total=number_of_clients())


@jobs.register(KIND)
def _run_chunk(job: Job) -> bool:
    more = score_next(job.cursor, alert=False)
    job.done = job.cursor.get("scored", 0)
    job.result = {"changed": job.cursor.get("changed", 0)}
    return more
