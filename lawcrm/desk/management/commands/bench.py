"""Measures the house: pages, import, nightly work, memory, each beside its physical limit (docs/benchmarks.md)."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lawcrm.desk.bench import firms, work
from lawcrm.desk.bench.measure import Times, measure
from lawcrm.desk.bench.pages import World, pages
from lawcrm.desk.bench.report import Check, checks_of, table_of_pages, table_of_work
from lawcrm.desk.bench.web import Visitor, serving

MOST_RESIDENT = 135.0  # MiB of a web worker


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
                measured, checks = self._pages(clients, smaller, seed, rounds)
            if only != "pages":
                with firms.copy_of(firms.loaded(clients, seed, self._say)) as database:
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

    def _pages(self, clients: int, smaller: int, seed: int, rounds: int) -> tuple[list[Times], list[Check]]:
        small = []
        if smaller < clients:
            small, _memory = self._visit(firms.loaded(smaller, seed, self._say), rounds)
        measured, memory = self._visit(firms.loaded(clients, seed, self._say), rounds)
        of_small = {times.page.name.partition(" (")[0]: times for times in small}
        for times in measured:
            if times.page.grows:
                times.smaller = of_small.get(times.page.name.partition(" (")[0])
        return measured, memory

    def _visit(self, loaded: str, rounds: int) -> tuple[list[Times], list[Check]]:
        with ExitStack() as stack:
            database = stack.enter_context(firms.copy_of(loaded))
            log = stack.enter_context(self.log.open("ab"))
            ours = stack.enter_context(serving(database, "lawcrm.desk.bench.settings", log))
            least = stack.enter_context(serving(database, "lawcrm.desk.bench.minimal_settings", log))
            held = stack.enter_context(firms.connect(database, autocommit=True))
            partner, lawyer = Visitor(ours.port).sign_in("partner"), Visitor(ours.port).sign_in("lawyer")
            floor = Visitor(least.port)
            floor.cookies = dict(lawyer.cookies)
            asked = pages(World(held, partner, lawyer, floor))
            measure(asked, 1)
            before = ours.resident_mib()
            self._say(f"asking {database}: {len(asked)} pages, {rounds} rounds")
            measured = measure(asked, rounds)
            after = ours.resident_mib()
        return measured, [
            Check("web worker, before", before, MOST_RESIDENT, "MiB"),
            Check("web worker, after", after, MOST_RESIDENT, "MiB"),
        ]

    def _print(self, clients: int, measured: list[Times], checks: list[Check], notes: dict[str, str]) -> None:
        self._say(f"\n{clients:,} clients, {os.cpu_count()} cores\n")
        if measured:
            self._say("\n".join(table_of_pages(measured)) + "\n")
        if checks:
            self._say("\n".join(table_of_work(checks, notes)) + "\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
