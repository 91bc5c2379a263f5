"""A worker that lives but no longer hears: it is connected, and takes no message any more.

Celery's workers may come out of a lost connection like that. The tick tells: beat sends one a minute, and a worker
notes that it arrived. Where beat is alive and no tick arrives, a worker that has nothing in hand ends itself, to be
started again by whatever watches over it (docker-compose.yml: restart). LAWCRM_RESTART_DEAF_WORKER=1 turns it on.
"""

import logging
import os
import signal
import threading
import time
from datetime import timedelta

from django.db import DatabaseError, connection

from lawcrm.firm import clock
from lawcrm.firm.queries.machinery import heartbeats

logger = logging.getLogger(__name__)
EVERY = 30.0
BEAT_FRESH = timedelta(seconds=90)
TICK_LATE = timedelta(seconds=180)
PATIENCE = 60.0  # for a goodbye; then by force


def nobody_hears() -> bool:
    """Whether beat ticks and no worker has heard of it for three minutes."""
    seen = heartbeats()
    now = clock.now()
    if "beat" not in seen or now - seen["beat"] > BEAT_FRESH:
        return False
    return "worker" not in seen or now - seen["worker"] > TICK_LATE


def watch(is_idle) -> threading.Thread:
    """Looks every half minute, beginning when a tick must have arrived; `is_idle()` says whether no task is in hand."""
    thread = threading.Thread(target=_watch, args=(is_idle,), daemon=True, name="deaf-watch")
    thread.start()
    return thread


def _watch(is_idle) -> None:
    time.sleep(TICK_LATE.total_seconds())
    while True:
        time.sleep(EVERY)
        try:
            deaf = is_idle() and nobody_hears()
        except DatabaseError:
            deaf = False  # then nobody can note a tick either
        finally:
            connection.close()
        if deaf:
            _end_this_worker()


def _end_this_worker() -> None:
    logger.error("this worker hears no tick although beat sends them: it ends, to be started again")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os.kill(os.getpid(), signal.SIGKILL)
