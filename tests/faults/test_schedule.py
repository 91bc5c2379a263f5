"""Two schedulers are one."""

import time

import pytest
from django.db import connection

from lawcrm.firm.models import Heartbeat, ScheduledRun
from tests.faults.harness import TICK

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.alone,
]  # it counts what comes in five seconds


def ticks() -> list[float]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM at)::float8 FROM fault_ticks ORDER BY at")
        return [at for (at,) in cursor.fetchall()]


def test_two_beats_tick_once_and_the_second_takes_over(machinery):
    machinery.worker()
    first = machinery.beat()
    machinery.wait(lambda: len(ticks()) >= 1)
    machinery.beat()
    started = time.time()
    time.sleep(10 * TICK)
    seen = [at for at in ticks() if at >= started]
    assert 8 <= len(seen) <= 11, "as many as one beat makes"
    first.kill()
    killed = time.time()
    machinery.wait(lambda: ticks()[-1] > killed + TICK, seconds=10)
    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"worker", "beat"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fault_rows WHERE number = -1")
        assert cursor.fetchone() == (1,), "the daily job ran once"
    assert ScheduledRun.objects.get(job="test_daily").finished_at
