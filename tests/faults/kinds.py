"""Kinds of work that only the fault tests know: rows in a plain table, where lost and doubled ones show."""

from datetime import timedelta

from django.db import connection

from clients.actions.importing import judging, reading, writing
from lawcrm.firm import jobs, notices, schedule
from lawcrm.firm.actions import jobs as running

ROWS_A_CHUNK = 10


@jobs.register("test_rows")
def write_rows(job) -> bool:
    """Rows `done` to `total`, ten a chunk, slowly enough to be killed in the middle."""
    last = min(job.done + ROWS_A_CHUNK, job.total)
    with connection.cursor() as cursor:
        for number in range(job.done, last):
            cursor.execute("INSERT INTO fault_rows (job, number) VALUES (%s, %s)", [job.pk, number])
            cursor.execute("SELECT pg_sleep(%s)", [job.params.get("sleep", 0.002)])
    job.done = last
    job.cursor = {"next": last}
    return last < job.total


@jobs.register("test_poison")
def die(job) -> bool:
    """Takes its worker down with it."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)


notices.register(
    "test.event",
    notices.NoticeText(
        title=lambda about, context: f"Test {context['number']}",
        body=lambda about, context: "",
        url=lambda about, context: "/",
        load=lambda user, pk: None,
        mail_subject="A test",
    ),
)


def put_on_the_schedule() -> None:
    """In the workers only: other tests of this process tick too."""
    schedule.every_minute("test_tick")(_note_tick)
    schedule.daily("test_daily", at="00:00")(_note_day)
    writing.CHUNK = judging.BATCH = 5
    reading.SECONDS = 0
    running.LEASE = timedelta(seconds=0.3)  # a killed worker's job is another's sooner: the tests kill often


def _note_tick() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO fault_ticks (at) SELECT clock_timestamp()")


def _note_day() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO fault_rows (number) VALUES (-1)")
