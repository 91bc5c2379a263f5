"""Taking times: page, minimal view and bare statement in turn, so that whatever disturbs one disturbs all."""

from __future__ import annotations

import gc
import time
from dataclasses import dataclass, field
from statistics import median

from lawcrm.desk.bench.pages import Page

WARM_UP = 3


@dataclass
class Times:
    """What was measured of one page, in milliseconds."""

    page: Page
    took: list[float] = field(default_factory=list)
    minimal: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    statements: int = 0
    kib: float = 0.0
    smaller: Times | None = None  # the same page in a smaller firm

    @property
    def p50(self) -> float:
        return median(self.took)

    @property
    def p95(self) -> float:
        return percentile(self.took, 95)

    @property
    def times_minimal(self) -> float | None:
        return self.p50 / median(self.minimal) if self.minimal else None

    @property
    def growth(self) -> float | None:
        return self.p50 / self.smaller.p50 if self.smaller else None


def percentile(values: list[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]


def measure(pages: list[Page], rounds: int) -> list[Times]:
    """Every page as often, round by round; the first rounds warm the caches up and do not count."""
    measured = [Times(page) for page in pages]
    gc.disable()
    try:
        for number in range(rounds + WARM_UP):
            for times in measured:
                _take(times, counts=number >= WARM_UP)
    finally:
        gc.enable()
    return measured


def _take(times: Times, *, counts: bool) -> None:
    page = times.page
    began = time.perf_counter()
    page.bare()
    bare = (time.perf_counter() - began) * 1000
    minimal = page.minimal() if page.minimal else None
    answer = page.ask()
    if answer.status != 200 or page.expects not in answer.body:
        raise RuntimeError(
            f"{page.name}: unexpected answer {answer.status} {answer.location} {answer.body[:300]!r}"
        )
    if minimal is not None and minimal.status != 200:
        raise RuntimeError(f"{page.name}: the minimal view answers {minimal.status}")
    times.statements, times.kib = max(times.statements, answer.statements), max(times.kib, answer.kib)
    if counts:
        times.took.append(answer.milliseconds)
        times.bare.append(bare)
        if minimal is not None:
            times.minimal.append(minimal.milliseconds)
