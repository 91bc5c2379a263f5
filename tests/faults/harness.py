"""Real workers and beats on the test database and a Redis of their own, to be killed at will.

    def test_something(machinery):
        machinery.beat()
        worker = machinery.worker()
        ...
        worker.kill()
        machinery.wait(lambda: job_is_done())

Tests that use it are transactional: `pytestmark = pytest.mark.django_db(transaction=True)`.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from django.conf import settings
from django.db import connection

from lawcrm.embedded.redis import find_program

CHECKOUT = Path(__file__).resolve().parent.parent.parent
TICK = 0.5  # seconds; a minute in real life
PATIENCE = 4  # times what a machine with nothing else to do may need: these tests run beside others


class Process:
    """A worker or a beat in a session of its own."""

    def __init__(self, pid: int):
        self.pid = pid

    def kill(self) -> None:
        """SIGKILL, as from a power cut: no goodbye to anybody."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """SIGTERM: what is in hand is finished, then it goes."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    @property
    def lives(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


class Machinery:
    """Starts workers, beats and Redis, and stops whatever is left at the end."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="lawcrm-faults-"))
        self.mails = self.folder / "mails"
        self.socket = self.folder / "redis.sock"
        self.log_file = (self.folder / "log").open("ab")
        self.redis_process = self.zygote = None
        self.processes: list[Process] = []
        self.start_redis()

    @property
    def redis_url(self) -> str:
        return f"unix://{self.socket}"

    # -- Redis

    def start_redis(self) -> None:
        command = [str(find_program()), "--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.redis_process = subprocess.Popen(
            [*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self.wait(self._redis_answers, seconds=10)

    def _redis_answers(self) -> bool:
        try:
            with self.redis() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def redis(self) -> redis.Redis:
        return redis.Redis.from_url(self.redis_url)

    def flush_redis(self) -> None:
        with self.redis() as client:
            client.flushall()

    def stop_redis(self) -> None:
        self.redis_process.kill()
        self.redis_process.wait()

    # -- workers and beats

    def worker(self) -> Process:
        return self._fork("worker")

    def beat(self) -> Process:
        return self._fork("beat")

    def _fork(self, what: str) -> Process:
        if self.zygote is None:
            self.zygote = self._start_zygote()
        self.zygote.stdin.write(f"{what}\n")
        self.zygote.stdin.flush()
        process = Process(int(self.zygote.stdout.readline()))
        self.processes.append(process)
        return process

    def _start_zygote(self) -> subprocess.Popen:
        environment = os.environ | {
            "DATABASE_URL": test_database_url(),
            "REDIS_URL": self.redis_url,
            "EMAIL_URL": f"filemail:///{self.mails}",
            "LAWCRM_TICK_SECONDS": str(TICK),
            "LAWCRM_DATA_DIR": str(settings.DATA_DIR),
            "DJANGO_SETTINGS_MODULE": "lawcrm.settings",
            "LAWCRM_TESTING": "1",
        }
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            env=environment,
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log_file,
            text=True,
        )

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    # -- waiting and ending

    def wait(self, until: Callable[[], bool], *, seconds: float = 30, every: float = 0.02) -> None:
        """Waits until it holds; fails the test with the workers' log where it never does."""
        end = time.monotonic() + PATIENCE * seconds
        while not until():
            if time.monotonic() > end:
                raise AssertionError(f"not within {PATIENCE * seconds} s\n{self.log[-4000:]}")
            time.sleep(every)

    def settle(self) -> None:
        """Everybody finishes what is in hand and goes: what is counted afterwards does not change any more."""
        for process in self.processes:
            process.end()
        self.wait(lambda: not any(process.lives for process in self.processes))

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
        if self.zygote is not None:
            self.zygote.stdin.close()
            self.zygote.stdout.close()
            self.zygote.kill()
            self.zygote.wait()
        self.stop_redis()
        self.log_file.close()
        end_other_sessions()
        shutil.rmtree(self.folder, ignore_errors=True)


def test_database_url() -> str:
    """The address of the database this test runs on, for another process."""
    address = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}"))


test_database_url.__test__ = False


def end_other_sessions() -> None:
    """Sessions of killed workers may still hold locks for a moment; the next test must not wait for them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
