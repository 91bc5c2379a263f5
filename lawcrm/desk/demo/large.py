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
from lawcrm.desk.demo.bulk import TABLES
from lawcrm.desk.demo.cast import assemble
from lawcrm.desk.demo.loading import bare_tables
from lawcrm.desk.demo.people import lawyers_for
from lawcrm.desk.demo.processes import together
from lawcrm.firm import clock

PROCESSES = min(os.cpu_count() or 1, 4)
CHUNK = 4_000


def build_large(
    *, clients: int, seed: int, say: Callable[[str], None] = print, processes: int = PROCESSES
) -> None:
    """Not one transaction: a failure on the way leaves a database to be dropped."""
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
        tell(f"everybody judged as of {day}")
    _vacuum()
    tell("done")


def assess_part(*, chunks: Iterable[list[UUID]], day: date) -> None:
    for chunk in chunks:
        assess_clients(chunk, today=day)


def _vacuum() -> None:
    """So that the first reader does not pay for the loading."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
