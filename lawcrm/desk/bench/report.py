"""The table: figures beside their floors and targets."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from lawcrm.desk.bench.measure import Times

GROWTH = 2.0  # times the time of a tenth of the clients
MIDDLE = 2.0  # times the first page


@dataclass(frozen=True, slots=True)
class Check:
    """One target: what was to be reached, what was, and whether that is enough."""

    what: str
    figure: float
    target: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.figure >= self.target if self.at_least else self.figure <= self.target

    def words(self) -> str:
        sign = ">=" if self.at_least else "<="
        return f"{self.what}: {_number(self.figure)} {self.unit} ({sign} {_number(self.target)}) {'ok' if self.met else 'MISSED'}"


def table_of_pages(measured: list[Times]) -> list[str]:
    lines = [
        "| page | p50 ms | p95 ms | bare SQL ms | minimal view ms | times minimal | statements | KiB | growth | verdict |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for times in measured:
        missed = [check.words() for check in checks_of(times, measured[0]) if not check.met]
        cells = [
            times.page.name,
            f"{times.p50:.1f}",
            f"{times.p95:.1f}",
            f"{median(times.bare):.2f}",
            f"{median(times.minimal):.1f}" if times.minimal else "",
            f"{times.times_minimal:.1f}" if times.minimal else "",
            str(times.statements),
            f"{times.kib:.0f}",
            f"{times.growth:.1f}" if times.growth else "",
            "; ".join(missed) or "ok",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def checks_of(times: Times, first: Times) -> list[Check]:
    page = times.page
    checks = [Check("statements", times.statements, page.most_statements, "")]
    if page.most_times:
        checks.append(Check("times minimal", times.times_minimal, page.most_times, ""))
    if page.most_kib:
        checks.append(Check("size", times.kib, page.most_kib, "KiB"))
    if page.most_p95:
        checks.append(Check("p95", times.p95, page.most_p95, "ms"))
    if times.growth:
        checks.append(Check("growth", times.growth, GROWTH, ""))
    if page.name == "middle of the list":
        checks.append(Check("times our first page", times.p50 / first.p50, MIDDLE, ""))
    return checks


def table_of_work(checks: list[Check], notes: dict[str, str]) -> list[str]:
    lines = ["| work | figure | target | beside | verdict |", "|---|---:|---:|---|---|"]
    for check in checks:
        sign = "at least" if check.at_least else "at most"
        lines.append(
            f"| {check.what} | {_number(check.figure)} {check.unit} | {sign} {_number(check.target)} {check.unit} "
            f"| {notes.get(check.what, '')} | {'ok' if check.met else 'MISSED'} |"
        )
    return lines


def _number(value: float) -> str:
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
