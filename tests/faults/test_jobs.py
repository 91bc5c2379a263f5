"""Work is not lost and not done twice: workers killed at random points, Redis emptied, Redis gone."""

import random
import time

import pytest
from django.db import connection
from django.db.models import F

from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.models import Job
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 20


def rows_of(job) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM fault_rows WHERE job = %s ORDER BY number", [job.pk])
        return [number for (number,) in cursor.fetchall()]


def state_of(job) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=job.pk)


def done_of(job) -> int:
    return Job.objects.values_list("done", flat=True).get(pk=job.pk)


def test_workers_killed_at_twenty_random_points(machinery):
    """Two workers at a time fight for the job; both are killed again and again in the middle of a chunk."""
    job = start_job(kind="test_rows", by=make_person("admin"), params={}, total=1_000_000)
    machinery.beat()
    chance = random.Random()
    for _ in range(KILLS):
        workers = [machinery.worker(), machinery.worker()]
        come = done_of(job)
        machinery.wait(lambda come=come: done_of(job) > come)
        time.sleep(chance.uniform(0, 0.1))
        for worker in workers:
            worker.kill()
    assert state_of(job) == "running"
    machinery.worker()
    Job.objects.filter(pk=job.pk).update(total=F("done") + 100)
    machinery.wait(lambda: state_of(job) != "running")
    job.refresh_from_db()
    assert job.state == "done"
    assert rows_of(job) == list(range(job.total))


def test_a_chunk_that_kills_its_worker_is_parked(machinery):
    job = start_job(kind="test_poison", by=make_person("admin"), params={}, total=1)
    machinery.beat()

    def worked_on():
        if not any(process.lives for process in machinery.processes[1:]):
            machinery.worker()
        return state_of(job) == "failed"

    machinery.wait(worked_on, seconds=40)
    job.refresh_from_db()
    assert (job.problem, job.attempts) == ("killed", 3)


def test_redis_emptied_again_and_again(machinery):
    person = make_person("admin")
    machinery.beat()
    machinery.worker(), machinery.worker()
    jobs = []
    for _ in range(10):
        jobs.append(start_job(kind="test_rows", by=person, params={}, total=50))
        machinery.flush_redis()
        time.sleep(0.1)
    machinery.wait(lambda: all(state_of(job) == "done" for job in jobs), seconds=40)
    assert [rows_of(job) for job in jobs] == [list(range(50))] * 10


def test_redis_gone_while_people_work(machinery):
    """Whoever saves notices nothing; when Redis is back, everything recorded meanwhile is done."""
    person = make_person("admin")
    machinery.beat()
    machinery.worker()
    machinery.stop_redis()
    started = time.monotonic()
    jobs = [start_job(kind="test_rows", by=person, params={}, total=20) for _ in range(20)]
    assert time.monotonic() - started < 5, "nobody waits for a Redis that is gone"
    machinery.start_redis()
    machinery.wait(lambda: all(state_of(job) == "done" for job in jobs), seconds=60)
    assert all(rows_of(job) == list(range(20)) for job in jobs)
