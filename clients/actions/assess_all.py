"""Judging everybody: each night, and when the firm has changed its thresholds."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients.actions.relationship import CHUNK, assess_clients
from clients.queries.relationship import next_client_ids, number_of_clients, write_snapshot
from lawcrm.firm import clock, jobs
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.memory import without_collection
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

KIND = "clients.assess_all"
job_words.label(KIND, _("Relationships are assessed anew"))


def assess_next(cursor: dict, *, alert: bool = True) -> bool:
    """Judges the next chunk of all clients and notes in `cursor` how far it came; after the last, the month's figures.

    Each chunk commits by itself, so whoever logs a contact at that hour waits for one chunk at most.
    """
    ids = next_client_ids(after=UUID(cursor["after"]) if "after" in cursor else None, limit=CHUNK)
    if not ids:
        write_snapshot(clock.today().replace(day=1))
        return False
    with without_collection():
        changed = assess_clients(ids, alert=alert)
    cursor["after"] = str(ids[-1])
    cursor["judged"] = cursor.get("judged", 0) + len(ids)
    cursor["changed"] = cursor.get("changed", 0) + changed
    return True


def start_assessing_all(*, by, result_url: str = "") -> Job:
    """After a change of thresholds: everybody is judged anew, and a fall says nothing of the client."""
    return start_job(kind=KIND, by=by, params={"result_url": result_url}, total=number_of_clients())


@jobs.register(KIND)
def _run_chunk(job: Job) -> bool:
    more = assess_next(job.cursor, alert=False)
    job.done = job.cursor.get("judged", 0)
    job.result = {"changed": job.cursor.get("changed", 0)}
    return more
