"""The tick: each minute, whoever calls it and however often, find what is due and have it done."""

import logging
from copy import deepcopy
from datetime import date, datetime

from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions import jobs, outbox
from lawcrm.firm.actions.heartbeat import seen
from lawcrm.firm.models import ScheduledRun
from lawcrm.firm.origin import origin
from lawcrm.firm.schedule import Daily, daily_work, minutely_work
from lawcrm.firm.wake import wake

logger = logging.getLogger(__name__)
TRIES = 3  # without progress, per local date


def tick() -> None:
    """Does the minute's work and wakes whatever is due; no part that fails keeps the others from their turn."""
    parts = {"worker": lambda: seen("worker"), **minutely_work()}
    parts |= {"jobs": _wake_jobs, "outbox": _wake_outbox, "daily": _wake_daily}
    for name, part in parts.items():
        try:
            with origin(f"tick {name}"):
                part()
        except Exception:
            logger.exception("tick: %s failed", name)


def _wake_jobs() -> None:
    for job_id in jobs.due_job_ids():
        wake("firm.run_job", str(job_id), expires=300)


def _wake_outbox() -> None:
    outbox.mark_unknown()
    if outbox.anything_due():
        wake("firm.send_outbox", expires=60)


def _wake_daily() -> None:
    for code, local_date in due_daily(clock.local(clock.now())):
        wake("firm.run_daily", code, local_date.isoformat(), expires=300)


def due_daily(local_now: datetime) -> list[tuple[str, date]]:
    """The periodic jobs whose hour has come today and that are not finished.

    `local_now` is the firm's wall clock. An hour that the clock skips is reached a moment later; one it shows
    twice finds the day's run already made; minutes missed while nothing ran are caught up on the same day.
    """
    today = local_now.date()
    settled = {
        run.job
        for run in ScheduledRun.objects.filter(local_date=today)
        if run.finished_at or run.attempts >= TRIES
    }
    come = [work for work in daily_work() if work.at <= local_now.time().replace(tzinfo=None)]
    return [(work.code, today) for work in come if work.code not in settled]


def run_next_part(code: str, local_date: str | date) -> bool:
    """Does one part of a day's run, in one transaction with the note of how far it came. True: more is left."""
    work = next((work for work in daily_work() if work.code == code), None)
    day = date.fromisoformat(local_date) if isinstance(local_date, str) else local_date
    if work is None or not _count_try(code, day):
        return False
    try:
        return _run_part(work, day)
    except Exception as error:
        logger.exception("daily %s failed", code)
        ScheduledRun.objects.filter(job=code, local_date=day, finished_at__isnull=True).update(
            problem=type(error).__name__[:300]
        )
        return False


@transaction.atomic
def _count_try(code: str, day: date) -> bool:
    """Counts a try, committed before the work, so that work which kills its worker is not tried for ever."""
    ScheduledRun.objects.bulk_create(
        [ScheduledRun(job=code, local_date=day, attempts=0)], ignore_conflicts=True
    )
    run = _locked(code, day)
    if run is None or run.attempts >= TRIES:
        return False
    run.attempts += 1
    run.save(update_fields=["attempts"])
    return True


@transaction.atomic
def _run_part(work: Daily, day: date) -> bool:
    run = _locked(work.code, day)
    if run is None:
        return False
    before = deepcopy(run.cursor)
    with origin(f"daily {work.code}"):
        more = work.run_part(run.cursor)
    if run.cursor != before:
        run.attempts = 0
    if not more:
        run.finished_at, run.problem = clock.now(), ""
    run.save(update_fields=["attempts", "cursor", "finished_at", "problem"])
    return more


def _locked(code: str, day: date) -> ScheduledRun | None:
    """The unfinished run, its row locked; None where it is finished or somebody works on it."""
    return (
        ScheduledRun.objects.select_for_update(skip_locked=True)
        .filter(job=code, local_date=day, finished_at__isnull=True)
        .first()
    )
