"""The benchmark stays alive: a tiny firm, few rounds, every page asked for."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from lawcrm.desk.bench.measure import percentile
from lawcrm.desk.bench.report import Check


@pytest.mark.alone
def test_the_benchmark_measures_every_page_and_every_work():
    """In a process of its own, as `make bench` calls it, on the database server of the tests."""
    command = [
        sys.executable,
        "manage.py",
        "bench",
        "--forget",
        "--clients=60",
        "--smaller=60",
        "--rounds=2",
        "--rows=30",
    ]
    done = subprocess.run(command, cwd=Path(settings.BASE_DIR), capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-3000:]
    for line in (
        "client list",
        "list, referred by",
        "a saved view",
        "search, phone",
        "client page",
        "timeline of 5,000",
        "search in a timeline",
        "agenda of 2,000",
        "week of 2,000",
        "log a contact",
        "Today",
        "partner dashboard",
        "nightly assessment",
        "nightly triggers",
        "minute tick at",
        "conflict check",
    ):
        assert line in done.stdout


def test_a_missed_target_is_told():
    assert Check("import", 1_500.0, 2_000.0, "rows/s", at_least=True).words().endswith("MISSED")
    assert Check("p95", 120.0, 300.0, "ms").words().endswith("ok")


def test_percentiles():
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile(list(range(1, 101)), 95) == 95
