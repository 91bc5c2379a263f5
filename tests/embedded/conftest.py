"""Real private servers in folders of their own, and the processes that run them."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from lawcrm.embedded.processes import command_line

CHECKOUT = Path(__file__).resolve().parent.parent.parent
OURS = ("DATABASE_URL", "REDIS_URL", "LAWCRM_TESTING", "LAWCRM_DATA_DIR", "MAKELEVEL", "MAKEFLAGS", "PORT")


def bare_environment(**more: str) -> dict[str, str]:
    """The environment of somebody at a fresh terminal."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    return environment | {"PYTHONPATH": str(CHECKOUT)} | more


def kill(*pids: int, number: int = signal.SIGKILL) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def alive(pids) -> list[int]:
    return [pid for pid in pids if command_line(pid)]


def gone_within(pids, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while alive(pids) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(pids)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Holder:
    """A process that runs the servers of a data folder until told to stop."""

    def __init__(self, data_dir: Path, **popen):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.embedded.hold", str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
            env=bare_environment(),
            **popen,
        )
        line = self.process.stdout.readline()
        if not line:
            self.error = self.process.communicate()[1].strip()
            self.pids = {}
            return
        self.error, told = "", json.loads(line)
        self.database_url, self.redis_url, self.pids = told["DATABASE_URL"], told["REDIS_URL"], told["pids"]
        self.home, self.sockets = Path(told["places"]["home"]), Path(told["places"]["sockets"])

    def stop(self) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.wait(40)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def kill_all(self) -> None:
        kill(self.process.pid, *self.pids.values())
        self.process.wait(10)


@pytest.fixture
def data_dir():
    """A data folder the servers' account can walk to, as a checkout in a common place would be."""
    folder = Path(tempfile.mkdtemp(prefix="lawcrm-embedded-"))
    yield folder
    for record in folder.rglob("servers_home"):
        if (home := Path(record.read_text())).is_relative_to("/var/lib/lawcrm"):
            shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def hold():
    """hold(data_dir) starts a Holder; all are stopped at the end."""
    holders = []

    def start(data_dir: Path, **popen) -> Holder:
        holders.append(Holder(data_dir, **popen))
        return holders[-1]

    yield start
    for holder in holders:
        holder.stop()
        kill(*alive(holder.pids.values()))
