"""Waking the workers: a hint through Redis that something is due. Losing it loses nothing, the next tick looks itself.

The only place that publishes to Celery. Whoever records work calls `wake_after_commit`; nobody ever sees a failure.
"""

import logging
import time

from django.db import transaction

logger = logging.getLogger(__name__)
PAUSE = 15  # seconds without a try after Redis did not answer: nobody's page waits for it twice
_silent_until = 0.0


def wake(task: str, *args, expires: float | None = None) -> bool:
    """Asks a worker to run a task of lawcrm.firm.tasks; False where nobody could be told."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    try:
        from lawcrm.celery import app

        app.send_task(task, args=args, expires=expires, retry=False, ignore_result=True)
    except Exception as error:  # whatever Redis does, the record of the work is in Postgres
        _silent_until = time.monotonic() + PAUSE
        logger.warning("could not wake %s: %s", task, type(error).__name__)
        return False
    return True


def wake_after_commit(task: str, *args) -> None:
    """Wakes once this transaction has committed; the same wake-up asked for twice is one."""
    connection = transaction.get_connection()
    waiting = {getattr(entry[1], "wakes", None) for entry in connection.run_on_commit}
    if (task, args) in waiting:
        return

    def tell():
        wake(task, *args)

    tell.wakes = (task, args)
    transaction.on_commit(tell)


def wake_job(job_id) -> None:
    wake_after_commit("firm.run_job", str(job_id))


def wake_outbox() -> None:
    wake_after_commit("firm.send_outbox")
