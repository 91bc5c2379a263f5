"""How far a piece of long work has come, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm.models import Job

PROBLEMS = {
    "killed": gettext_lazy("It stopped three times at the same place."),
    "requester_inactive": gettext_lazy("Whoever asked for it has left the firm."),
}
LABELS: dict[str, str] = {}


def label(kind: str, text) -> None:
    """Registers what a kind of job is called."""
    LABELS[kind] = text


@dataclass(frozen=True, slots=True)
class JobProgress:
    label: str
    note: str
    done: int
    total: int
    is_open: bool
    failed: bool
    problem: str
    result_url: str


def job_progress(job: Job) -> JobProgress:
    is_open = job.state in (Job.State.WAITING, Job.State.RUNNING)
    total = max(job.total, job.done)
    return JobProgress(
        label=str(LABELS.get(job.kind) or _("Work in progress")),
        note=_note(job, is_open),
        done=total if job.state == Job.State.DONE else job.done,
        total=total,
        is_open=is_open,
        failed=job.state == Job.State.FAILED,
        problem=_problem(job),
        result_url=job.params.get("result_url", "") if job.state == Job.State.DONE else "",
    )


def _note(job: Job, is_open: bool) -> str:
    if is_open and job.total:
        return _("%(done)s of %(total)s") % {"done": f"{job.done:,}", "total": f"{job.total:,}"}
    return str(job.get_state_display())


def _problem(job: Job) -> str:
    if job.state != Job.State.FAILED:
        return ""
    known = PROBLEMS.get(job.problem)
    return str(known) if known else _("It failed (%(problem)s).") % {"problem": job.problem}
