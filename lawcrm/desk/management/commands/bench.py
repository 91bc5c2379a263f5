"""Measures the house: pages, import, nightly work, memory, each beside its physical limit (docs/benchmarks.md)."""

import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lawcrm.desk.bench import firms, work
from lawcrm.desk.bench.measure import Times, measure
from lawcrm.desk.bench.pages import PLANNER, Page, World, pages
from lawcrm.desk.bench.report import Check, checks_of, table_of_pages, table_of_work
from lawcrm.desk.bench.web import Visitor, Web, serving

MOST_RESIDENT = 135.0  # MiB of a web worker


@dataclass(frozen=True)
class Visit:
    """A firm being served, and what is to be asked of it."""

    web: Web
    pages: list[Page]


class Command(BaseCommand):
    help = "Loads a firm of --clients clients (100000) once, and measures it."

    def add_arguments(self, parser):
        parser.add_argument("--clients", type=int, default=100_000)
        parser.add_argument(
            "--smaller", type=int, default=0, help="growth is measured against a firm of so many (a tenth)"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--rounds", type=int, default=60, help="times each page is asked for")
        parser.add_argument("--rows", type=int, default=10_000, help="rows to import")
        parser.add_argument("--only", choices=("pages", "work"), help="one half of the measurements")
        parser.add_argument("--forget", action="store_true", help="drop the loaded firms afterwards")
        parser.add_argument("--strict", action="store_true", help="fail when a target is missed")

    def handle(self, *, clients, smaller, seed, rounds, rows, only, forget, strict, **_options):
        if settings.PRODUCTION:
            raise CommandError("a benchmark loads and drops databases: not in production")
        measured, checks, notes = [], [], {}
        smaller = smaller or clients // 10
        with tempfile.TemporaryDirectory() as folder:
            self.log = Path(folder) / "web.log"
            if only != "work":
                measured, checks = self._told(self._pages, clients, smaller, seed, rounds)
            if only != "pages":
                with firms.copy_of(firms.loaded(clients, seed, self._say), "run") as database:
                    done, notes = work.checks(
                        database, clients=clients, seed=seed, rows=rows, folder=Path(folder)
                    )
                    checks += done
        if forget:
            firms.forget(seed, smaller, clients)
        self._print(clients, measured, checks, notes)
        missed = [check for times in measured for check in checks_of(times, measured[0]) if not check.met]
        missed += [check for check in checks if not check.met]
        if strict and missed:
            raise CommandError(f"{len(missed)} targets missed")

    def _told(self, work, *how):
        """A web process that failed says why in its log, which would go with the folder."""
        try:
            return work(*how)
        except RuntimeError:
            self.stderr.write(self.log.read_text()[-4000:])
            raise

    def _pages(self, clients: int, smaller: int, seed: int, rounds: int) -> tuple[list[Times], list[Check]]:
        """Both firms are asked in turns too: growth compares what was measured in the same minute."""
        with ExitStack() as stack:
            large = self._visit(stack, firms.loaded(clients, seed, self._say), "run")
            asked, small = large.pages, []
            if smaller < clients:
                small = self._visit(stack, firms.loaded(smaller, seed, self._say), "small").pages
                asked = [*asked, *(page for page in small if page.grows)]
            measure(asked, 1)
            before = large.web.resident_mib()
            self._say(f"asking for {len(asked)} pages, {rounds} rounds")
            measured = measure(asked, rounds)
            after = large.web.resident_mib()
        measured, of_small = measured[: len(large.pages)], measured[len(large.pages) :]
        for times, smaller_times in zip([one for one in measured if one.page.grows], of_small, strict=False):
            times.smaller = smaller_times
        return measured, [
            Check("web worker, before", before, MOST_RESIDENT, "MiB"),
            Check("web worker, after", after, MOST_RESIDENT, "MiB"),
        ]

    def _visit(self, stack: ExitStack, loaded: str, copy: str) -> Visit:
        database = stack.enter_context(firms.copy_of(loaded, copy))
        log = stack.enter_context(self.log.open("ab"))
        ours = stack.enter_context(serving(database, "lawcrm.desk.bench.settings", log))
        least = stack.enter_context(serving(database, "lawcrm.desk.bench.minimal_settings", log))
        held = stack.enter_context(firms.connect(database, autocommit=True))
        partner, lawyer = Visitor(ours.port).sign_in("partner"), Visitor(ours.port).sign_in("lawyer")
        floor = Visitor(least.port)
        floor.cookies = dict(lawyer.cookies)
        planner = Visitor(ours.port).sign_in(PLANNER)
        return Visit(ours, pages(World(held, partner, lawyer, floor, planner)))

    def _print(self, clients: int, measured: list[Times], checks: list[Check], notes: dict[str, str]) -> None:
        self._say(f"\n{clients:,} clients, {os.cpu_count()} cores\n")
        if measured:
            self._say("\n".join(table_of_pages(measured)) + "\n")
        if checks:
            self._say("\n".join(table_of_work(checks, notes)) + "\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
