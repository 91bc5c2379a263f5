"""A beat that may be started twice: whoever holds the lock in Postgres ticks, the other waits its turn."""

import logging
from datetime import timedelta

import psycopg
from celery.beat import Scheduler
from django.db import connection

logger = logging.getLogger(__name__)
LOCK = 0x1A3C_0001  # any number, the same for every beat of one database
WAIT = 2.0  # seconds until a waiting beat asks again


class LeaderScheduler(Scheduler):
    """Keeps no file: the schedule is static, and what is due stands in Postgres.

    The lock belongs to a connection of its own, so it falls with the process. The beat's heartbeat goes over that
    same connection: no lock, no sign of life.
    """

    _connection = None

    def tick(self, *args, **kwargs):
        if not self._leads():
            return WAIT
        return super().tick(*args, **kwargs)

    def close(self):
        super().close()
        self._let_go()

    def _leads(self) -> bool:
        try:
            if self._connection is None:
                self._connection = self._take_lock()
                if self._connection is not None:
                    self._begin_at_once()
            if self._connection is not None:
                self._connection.execute(
                    "INSERT INTO firm_heartbeat (name, seen_at) VALUES ('beat', now())"
                    " ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at"
                )
        except psycopg.Error as error:
            logger.warning("beat: no database (%s)", type(error).__name__)
            self._let_go()
        return self._connection is not None

    def _begin_at_once(self):
        """The first tick comes with the lock, not a minute after it."""
        for entry in self.schedule.values():
            entry.last_run_at = entry.default_now() - timedelta(days=1)
        self._heap = None

    def _take_lock(self):
        own = psycopg.connect(**connection.get_connection_params() | {"connect_timeout": 5}, autocommit=True)
        if own.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()[0]:
            logger.info("beat: leading")
            return own
        own.close()
        return None

    def _let_go(self):
        if self._connection is not None:
            self._connection.close()
            self._connection = None
