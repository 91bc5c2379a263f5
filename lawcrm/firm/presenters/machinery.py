"""The work in the background, in words. Nothing here tells of a client."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm.models import Outbox
from lawcrm.firm.notices import text_of
from lawcrm.firm.presenters.jobs import job_progress

PARTS = (("worker", gettext_lazy("Worker")), ("beat", gettext_lazy("Scheduler")))
CHANNELS = {
    "app": gettext_lazy("in the app"),
    "mail": gettext_lazy("by email"),
    "letter": gettext_lazy("as a letter to a client"),
    "chat": gettext_lazy("in the team chat"),
}


def part_lines(seen: dict, fresh) -> list[dict]:
    return [
        {"name": label, "seen_at": seen.get(name), "alive": bool(seen.get(name) and seen[name] > fresh)}
        for name, label in PARTS
    ]


def job_lines(jobs) -> list[dict]:
    return [{"job": job, "progress": job_progress(job)} for job in jobs]


def run_lines(runs) -> list[dict]:
    return [{"run": run, "state": _run_state(run)} for run in runs]


def _run_state(run) -> str:
    if run.finished_at:
        return _("done")
    return _("failed (%(problem)s)") % {"problem": run.problem} if run.problem else _("running")


def message_lines(rows) -> list[dict]:
    return [
        {
            "row": row,
            "what": _subject(row.event),
            "channel": CHANNELS.get(row.channel, row.channel),
            "outcome": _("outcome unknown") if row.state == Outbox.State.UNKNOWN else _("failed"),
        }
        for row in rows
    ]


def _subject(event: str) -> str:
    if event == "digest":
        return _("Morning mail")
    try:
        return str(text_of(event).mail_subject)
    except KeyError:
        return event
