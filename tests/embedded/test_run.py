"""`make run` from start to end, and through every ending that is not one."""

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from lawcrm.embedded.addresses import embedded_addresses
from lawcrm.embedded.processes import all_pids, bears_mark, command_line
from tests.embedded.conftest import CHECKOUT, bare_environment, free_port, gone_within, kill

pytestmark = pytest.mark.faults

START = [sys.executable, "-m", "lawcrm.embedded", "run"]
IN_A_TERMINAL = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
PATIENCE = 120  # seconds to the first page on a machine that has other work


class Run:
    """One `make run`, its lines as they come, and every process that belongs to it."""

    def __init__(self, data_dir: Path, port: int, *, terminal: bool = False, **environment: str):
        self.data_dir, self.address = data_dir, f"http://127.0.0.1:{port}"
        wrapped = [sys.executable, "-c", IN_A_TERMINAL, *START] if terminal else START
        settings = {"LAWCRM_DATA_DIR": str(data_dir), "PORT": str(port), "DEMO": "no", **environment}
        settings |= {"WEB_WORKERS": "1", "WORKERS": "1"}
        self.process = subprocess.Popen(
            wrapped,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=bare_environment(**settings),
            cwd=CHECKOUT,
        )
        self.lines: list[str] = []
        self.queue: queue.Queue = queue.Queue()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self) -> None:
        for line in self.process.stdout:
            self.queue.put(line.decode().rstrip())
        self.queue.put(None)

    def wait_for(self, text: str) -> str:
        """The next line with the text in it."""
        while (line := self.queue.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)
            if text in line:
                return line
        raise AssertionError(f"ended without saying {text!r}:\n" + "\n".join(self.lines))

    def ready(self) -> "Run":
        self.wait_for("ready in")
        self.pids = processes_of(self.data_dir)
        return self

    def end(self) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(PATIENCE)
        self.reader.join()
        while (line := self.queue.get_nowait()) is not None:
            self.lines.append(line)
        return code

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)
        self.reader.join()
        self.process.stdin.close()
        self.process.stdout.close()

    def supervisor(self) -> int:
        return next(pid for pid in self.pids if "lawcrm.embedded run" in command_line(pid))

    def of(self, words: str) -> list[int]:
        return [pid for pid in self.pids if words in command_line(pid)]


def processes_of(data_dir: Path) -> list[int]:
    """Everything that works for a data folder: known by its command line, its environment or its folder."""
    sockets = embedded_addresses(data_dir).get("REDIS_URL", "none at all").removeprefix("unix://")
    signs = (str(data_dir), sockets)
    found = {pid for pid in all_pids() if any(sign in command_line(pid) for sign in signs)}
    found |= {pid for pid in all_pids() if bears_mark(pid, str(data_dir))}
    for pid in all_pids():
        with contextlib.suppress(OSError):
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            if f"LAWCRM_DATA_DIR={data_dir}".encode() in environment.split(b"\0"):
                found.add(pid)
            if os.readlink(f"/proc/{pid}/cwd").startswith(str(data_dir)):
                found.add(pid)
    return sorted(found)


@pytest.fixture(scope="session")
def prepared():
    """A data folder after a first run: its copies start quickly."""
    folder = Path(tempfile.mkdtemp(prefix="lawcrm-prepared-"))
    first = Run(folder, free_port()).ready()
    first.process.terminate()
    assert first.end() == 0
    first.close()
    (folder / "servers_home").unlink()  # names this folder, not the copy
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def run(data_dir, prepared):
    subprocess.run(["cp", "-a", f"{prepared}/.", data_dir], check=True)
    runs = []

    def start(port: int | None = None, *, folder: Path = data_dir, **options) -> Run:
        runs.append(Run(folder, port or free_port(), **options))
        return runs[-1]

    yield start
    for one in runs:
        one.close()
    kill(*processes_of(data_dir))


def manage(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env=bare_environment(LAWCRM_DATA_DIR=str(data_dir)),
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )


def keep_a_row(data_dir: Path) -> None:
    with psycopg.connect(embedded_addresses(data_dir)["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    connection.close()


def kept_rows(data_dir: Path) -> int:
    with psycopg.connect(embedded_addresses(data_dir)["DATABASE_URL"]) as connection:
        rows = connection.execute("SELECT count(*) FROM kept").fetchone()[0]
    connection.close()
    return rows


def test_a_whole_life(data_dir, run, tmp_path):
    first = run().ready()
    with urllib.request.urlopen(f"{first.address}/healthz") as answer:
        assert answer.status == 200
    assert first.of("gunicorn")
    assert first.of("worker")
    assert first.of("beat")

    second = run()
    assert second.end() == 2
    assert f"already running from this folder at {first.address}" in second.lines[-1]
    assert len(second.lines) == 1

    elsewhere = run(int(first.address.rpartition(":")[2]), folder=tmp_path)
    assert elsewhere.end() == 2
    assert "is not free" in elsewhere.lines[-1]
    assert "PORT=" in elsewhere.lines[-1]
    assert len(elsewhere.lines) == 1

    by_hand = manage(data_dir, "migrate", "--check")
    assert by_hand.returncode == 0, by_hand.stderr
    with urllib.request.urlopen(f"{first.address}/healthz") as answer:
        assert answer.status == 200

    os.kill(first.supervisor(), signal.SIGTERM)
    assert first.end() == 0
    assert gone_within(first.pids, 1)
    assert not processes_of(data_dir)

    by_hand = manage(data_dir, "dbshell", "--", "-tAc", "SELECT count(*) > 0 FROM django_migrations")
    assert by_hand.stdout.strip() == "t", by_hand.stderr
    assert not processes_of(data_dir)


def test_ctrl_c_in_a_terminal(data_dir, run):
    one = run(terminal=True).ready()
    one.process.stdin.write(b"\x03")
    one.process.stdin.flush()
    assert one.end() == 0
    assert gone_within(one.pids, 1)
    assert not processes_of(data_dir)


def test_the_supervisor_killed(data_dir, run):
    one = run().ready()
    keep_a_row(data_dir)
    kill(one.supervisor())
    again = run()
    started = time.monotonic()
    again.ready()
    assert time.monotonic() - started < 15 * slowness()
    assert kept_rows(data_dir) == 1
    assert not {pid for pid in one.pids if command_line(pid)}


def test_everything_killed(data_dir, run):
    one = run().ready()
    keep_a_row(data_dir)
    kill(*one.pids)
    again = run().ready()
    assert kept_rows(data_dir) == 1
    again.process.terminate()
    assert again.end() == 0
    assert not processes_of(data_dir)


def test_one_part_killed_stops_all_and_says_which(data_dir, run):
    one = run().ready()
    parents = {pid for pid in one.of("celery") if "worker" in command_line(pid)}
    kill(min(parents))
    assert one.end() == 2
    assert "worker ended (signal SIGKILL), so everything stops" in "\n".join(one.lines)
    assert gone_within(one.pids, 1)
    assert not processes_of(data_dir)


def test_given_servers_are_used_and_none_started(data_dir, run, hold, tmp_path):
    holder = hold(data_dir)
    folder = tmp_path / "mine"
    key = data_dir / "keys" / "kek"  # the one that database was sealed under
    given = {"DATABASE_URL": holder.database_url, "REDIS_URL": holder.redis_url, "LAWCRM_KEY_FILE": str(key)}
    one = run(folder=folder, **given).ready()
    assert not (folder / "servers").exists()
    assert not (folder / "addresses.json").exists()
    with psycopg.connect(holder.database_url) as connection:
        assert connection.execute("SELECT count(*) FROM django_migrations").fetchone()[0] > 0
    connection.close()
    one.process.terminate()
    assert one.end() == 0


def test_commands_by_hand_share_servers_and_wait_for_each_other(data_dir, run):
    wait = "import time; from django.db import connection as c; time.sleep({}); c.ensure_connection(); print('asked')"
    start = [sys.executable, "manage.py", "shell", "-v0", "-c"]
    settings = {"env": bare_environment(LAWCRM_DATA_DIR=str(data_dir)), "cwd": CHECKOUT, "text": True}
    first = subprocess.Popen([*start, wait.format(1)], stdout=subprocess.PIPE, **settings)
    until = time.monotonic() + PATIENCE
    while not embedded_addresses(data_dir) and time.monotonic() < until:
        time.sleep(0.05)
    second = subprocess.Popen([*start, wait.format(3)], stdout=subprocess.PIPE, **settings)
    assert second.communicate(timeout=PATIENCE)[0].strip() == "asked"
    assert second.returncode == 0
    assert first.communicate(timeout=PATIENCE)[0].strip() == "asked"
    assert first.returncode == 0
    assert not processes_of(data_dir)


def slowness() -> float:
    """How much busier the machine is than its processors can serve."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
