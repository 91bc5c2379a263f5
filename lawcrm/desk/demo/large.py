"""A firm of very many clients: loaded by several processes, indexed once, judged by the assessment there is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from clients.actions.relationship import assess_clients
from clients.models import Client
from clients.queries.relationship import write_snapshot
from lawcrm.desk.demo.build import MONTHS_OF_HISTORY
from lawcrm.desk.demo.bulk import TABLES
from lawcrm.desk.demo.cast import assemble
from lawcrm.desk.demo.finish import settle_past
from lawcrm.desk.demo.loading import bare_tables
from lawcrm.desk.demo.people import lawyers_for
from lawcrm.desk.demo.processes import together
from lawcrm.firm import clock

PROCESSES = min(os.cpu_count() or 1, 4)
WORTH_PROCESSES = 5_000  # clients: below it starting them takes longer than the work
CHUNK = 4_000


def build_large(*, clients: int, seed: int, say: Callable[[str], None] = print, processes: int = 0) -> None:
    """Not one transaction: a failure on the way leaves a database to be dropped."""
    processes = processes or (PROCESSES if clients >= WORTH_PROCESSES else 1)
    began, today, lawyers = time.monotonic(), clock.today(), lawyers_for(clients)

    def tell(what: str) -> None:
        say(f"{time.monotonic() - began:4.0f} s  {what}")

    assemble(number=lawyers, seed=seed)
    with bare_tables(TABLES):
        common = {"seed": seed, "today": today, "clients": clients, "lawyers": lawyers}
        together(
            "lawcrm.desk.demo.bulk:load_part",
            [{**common, "numbers": range(one, clients, processes)} for one in range(processes)],
        )
        tell("rows loaded")
    tell("indexes and constraints made")
    _vacuum()
    ids = sorted(Client.objects.unscoped().values_list("pk", flat=True))
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    for day in (today.replace(day=1) - timedelta(days=1), today):
        parts = [{"chunks": chunks[one::processes], "day": day} for one in range(processes)]
        together(f"{__name__}:assess_part", parts)
        write_snapshot(day.replace(day=1))
        tell(f"everybody judged as of {day}")
    _earlier_months(today)
    settle_past()
    _vacuum()
    tell("done")


def assess_part(*, chunks: Iterable[list[UUID]], day: date) -> None:
    for chunk in chunks:
        assess_clients(chunk, today=day)


def _earlier_months(today: date) -> None:
    """Snapshots of the year before, in which more clients stood a step lower; told, not judged."""
    with connection.cursor() as cursor:
        for months in range(2, MONTHS_OF_HISTORY):
            cursor.execute(_EARLIER, {"month": today.replace(day=1), "back": months})


_EARLIER = """
    INSERT INTO clients_firmsnapshot (month, department_id, responsible_id, grade, type, clients)
    SELECT (%(month)s::date - make_interval(months => %(back)s))::date, department_id, responsible_id, grade, then_type, count(*)
      FROM (SELECT *, CASE WHEN relationship_type > 1 AND abs(hashtext(id::text)) %% 100 < 2 * %(back)s
                           THEN relationship_type - 1 ELSE relationship_type END AS then_type FROM clients_client) AS earlier
     WHERE client_since < %(month)s::date - make_interval(months => %(back)s)
     GROUP BY department_id, responsible_id, grade, then_type"""


def _vacuum() -> None:
    """So that the first reader does not pay for the loading."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
