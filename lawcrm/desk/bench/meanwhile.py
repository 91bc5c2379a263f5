"""The web while an import runs: one person asks for the same pages in turn, first alone, then beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from lawcrm.desk.bench.firms import connect
from lawcrm.desk.bench.measure import percentile
from lawcrm.desk.bench.report import Check
from lawcrm.desk.bench.web import Visitor, serving
from lawcrm.desk.bench.work import begin, run

THINKING = 0.05  # seconds between the answer to one page and the next click
ROUNDS, FEW = 60, 3  # few in a firm too small to measure
MOST = 1.2


def check(
    database: str, *, clients: int, seed: int, rows: int, folder: Path
) -> tuple[list[Check], dict[str, str]]:
    """How much slower the slow answers become. Pages are of different weight: each time is told in medians of its page."""
    sheet = str(folder / f"bench-beside-{rows}.xlsx")
    run("write_wide_sheet", database, sheet, str(rows), str(4 * clients + 1_000), str(seed))
    with (folder / "web.log").open("ab") as log, serving(database, "lawcrm.desk.bench.settings", log) as web:
        lawyer, pages = Visitor(web.port).sign_in("lawyer"), _pages(database)
        rounds = ROUNDS if clients >= 1_000 else FEW
        for _warming in _ask(lawyer, pages, _some(FEW)):
            pass
        alone = list(_ask(lawyer, pages, _some(rounds)))
        importing = begin("import_in_the_background", database, sheet)
        beside = list(_ask(lawyer, pages, lambda: importing.poll() is None))
    if importing.returncode:
        raise RuntimeError("the import beside the pages failed")
    usual = {page: median(took for asked, took in alone if asked == page) for page in pages}
    slow = [percentile([took / usual[page] for page, took in times], 95) for times in (alone, beside)]
    found = Check("p95 of pages while an import runs, over p95 alone", slow[1] / slow[0], MOST, "times")
    told = ", ".join(f"{page}: {_slow(alone, page):.0f} to {_slow(beside, page):.0f} ms" for page in pages)
    return [found], {found.what: f"{len(beside)} answers; p95 of {told}"}


def _slow(times: list[tuple[str, float]], page: str) -> float:
    return percentile([took for asked, took in times if asked == page], 95)


def _pages(database: str) -> list[str]:
    with closing(connect(database)) as held:
        one = held.execute(
            "SELECT c.id FROM clients_client c JOIN firm_user u ON u.id = c.responsible_id WHERE u.username = 'lawyer'"
            " ORDER BY c.id LIMIT 1"
        ).fetchone()[0]
    return ["/", "/clients/", f"/clients/{one}/", "/follow-ups/"]


def _some(rounds: int) -> Callable[[], bool]:
    left = iter(range(rounds))
    return lambda: next(left, None) is not None


def _ask(visitor: Visitor, pages: list[str], goes_on: Callable[[], bool]) -> Iterator[tuple[str, float]]:
    while goes_on():
        for page in pages:
            answer = visitor.get(page)
            if answer.status != 200:
                raise RuntimeError(f"{page}: {answer.status}")
            yield page, answer.milliseconds
            time.sleep(THINKING)
