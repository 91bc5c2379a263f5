"""`make run`: private servers, web, worker and beat under one process. When any of them ends, all end.

Nothing is restarted on its own: on a desk a fallen part should be seen, and in production the service manager
restarts (docs/decisions/0001-embedded-servers.md). After any ending, also `kill -9`, the next start cleans up.
"""

import json
import os
import signal
import socket
import sys
import time
import urllib.request
from pathlib import Path

from lawcrm.embedded.addresses import local_secret
from lawcrm.embedded.locks import Held, Lock
from lawcrm.embedded.places import prepare_data_dir
from lawcrm.embedded.problems import Problem
from lawcrm.embedded.processes import MARK, Child, end_leftovers
from lawcrm.embedded.servers import Servers, missing_addresses, path_with_programs

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DEMO_PEOPLE = ("admin", "partner", "manager", "specialist", "lawyer", "lawyer2", "auditor")
DEMO_PASSWORD = "lawcrm-demo-firm"  # noqa: S105 - printed on the screen, and the demo refuses production
READY_WITHIN = 60


class Stop(BaseException):
    """Somebody asked us to end."""


def run() -> int:
    started = time.monotonic()
    data_dir = prepare_data_dir(Path(os.environ.get("LAWCRM_DATA_DIR") or CHECKOUT / ".local"))
    host, port = os.environ.get("HOST") or "127.0.0.1", read_port()
    supervisor = Supervisor(data_dir, host, port)
    listen_to_signals(supervisor)
    try:
        supervisor.take_lock()
        check_port(host, port)
        supervisor.start()
        say(f"ready in {time.monotonic() - started:.0f} s at {supervisor.address}")
        supervisor.welcome()
        return supervisor.watch()
    except Stop:
        return 0
    finally:
        supervisor.stop()


def say(text: str) -> None:
    print(f"LawCRM: {text}", flush=True)


def read_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Problem(f"PORT={text} is not a port number")
    return int(text)


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Problem(
                f"port {port} is not free on {host} ({error.strerror}): choose another with PORT=, e.g. make run"
                f" PORT={port + 1 if port < 65535 else 8000}"
            ) from None


def listen_to_signals(supervisor: "Supervisor") -> None:
    """Explicitly: a shell starts background jobs with SIGINT ignored. A SIGHUP that nohup ignores stays ignored."""

    def on_signal(number, frame):
        if not supervisor.stopping:
            supervisor.stopping = True
            raise Stop
        supervisor.hurry = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, on_signal)


class Supervisor:
    """The parent of everything that runs."""

    def __init__(self, data_dir: Path, host: str, port: int):
        self.data_dir, self.host, self.port = data_dir, host, port
        self.lock = Lock(data_dir / "lock")
        self.servers: Servers | None = None
        self.parts: list[Child] = []
        self.demo = self.stopping = self.hurry = False

    @property
    def address(self) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"

    def take_lock(self) -> None:
        """Ours, or say who has it; a run that is just stopping is waited for."""
        until = time.monotonic() + 30
        while True:
            try:
                self.lock.take(address=self.address, state="running")
                return
            except Held as held:
                if held.holder.get("state") == "stopping" and time.monotonic() < until:
                    time.sleep(0.1)
                    continue
                raise Problem(
                    f"already running from this folder at {held.holder.get('address', '?')}"
                    f" (process {held.holder.get('pid', '?')})"
                ) from None

    def start(self) -> None:
        end_leftovers(str(self.data_dir))
        environment = self.environment()
        missing = missing_addresses()
        if missing:
            say("starting the private servers")
            self.servers = Servers(self.data_dir, missing=missing)
            try:
                environment |= self.servers.start(what="make run", state="running")
            except Held as held:
                self.servers = None
                raise Problem(
                    f"{held.holder.get('what', 'another process')} (process {held.holder.get('pid', '?')}) uses the"
                    " private servers of this folder: try again when it has ended"
                ) from None
            environment["PATH"] = path_with_programs(self.servers)
        self.prepare(environment)
        self.start_parts(environment | {"LAWCRM_DB_POOL": "0"})
        self.wait_until_ready()

    def environment(self) -> dict[str, str]:
        environment = dict(os.environ)
        environment.setdefault("LAWCRM_DATA_DIR", str(self.data_dir))
        environment.setdefault("LAWCRM_HASHED_STATIC", "1")
        environment |= {MARK: str(self.data_dir), "PYTHONUNBUFFERED": "1"}
        if not environment.get("SECRET_KEY"):
            local_secret(self.data_dir / "secret_key", create=True)
        return environment

    def prepare(self, environment: dict[str, str]) -> None:
        say("preparing keys, tables and pages")
        child = self.spawn("prepare", ["-m", "lawcrm.embedded", "prepare"], environment)
        told = 0
        while child.exit_code() is None:
            self.check(ignore=child)
            told = pass_on(child, told)
            time.sleep(0.05)
        self.parts.remove(child)
        lines = child.output().strip().splitlines()
        if child.exit_code():
            show_end(child, lines)
            raise Problem(f"could not prepare the database: {lines[-1] if lines else ''} (log: {child.log})")
        self.demo = json.loads(lines[-1])["demo"]

    def start_parts(self, environment: dict[str, str]) -> None:
        web = ["-m", "gunicorn", "lawcrm.wsgi", "--bind", f"{bracketed(self.host)}:{self.port}"]
        web += [
            "--worker-class",
            "gthread",
            "--workers",
            os.environ.get("WEB_WORKERS") or "2",
            "--threads",
            "4",
        ]
        # the control socket would be one file in the home folder for every instance on the machine
        web += ["--no-control-socket", "--graceful-timeout", "8", "--timeout", "60", "--access-logfile", "-"]
        self.spawn("web", web, environment | {"LAWCRM_DB_POOL": "1"})
        celery = ["-m", "celery", "-A", "lawcrm.celery:app"]
        worker = ["worker", "--concurrency", os.environ.get("WORKERS") or "2", "--loglevel", "INFO"]
        self.spawn("worker", celery + worker + ["--without-gossip", "--without-mingle"], environment)
        beat = ["beat", "--schedule", str(self.data_dir / "beat"), "--pidfile", "", "--loglevel", "INFO"]
        self.spawn("beat", celery + beat, environment)

    def spawn(self, name: str, arguments: list[str], environment: dict[str, str]) -> Child:
        log = self.data_dir / "logs" / f"{name}.log"
        child = Child(name, [sys.executable, *arguments], log=log, env=environment, cwd=CHECKOUT)
        self.parts.append(child)
        return child

    def everything(self) -> list[Child]:
        return self.parts + (self.servers.children if self.servers else [])

    def check(self, ignore: Child | None = None) -> None:
        """Raise when a part has ended."""
        for child in self.everything():
            if child is not ignore and child.exit_code() is not None:
                lines = child.output().strip().splitlines()
                show_end(child, lines)
                raise Problem(
                    f"{child.name} ended ({ending(child.exit_code())}), so everything stops (log: {child.log})"
                )

    def wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            self.check()
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310 - our own
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        raise Problem(
            f"{self.address}/healthz did not answer within {READY_WITHIN} s (logs: {self.data_dir / 'logs'})"
        )

    def welcome(self) -> None:
        if self.demo:
            say(f"sign in as {', '.join(DEMO_PEOPLE)}; password {DEMO_PASSWORD}")
        say(f"logs are in {self.data_dir / 'logs'}; Ctrl-C stops everything")

    def watch(self) -> int:
        while True:
            self.check()
            time.sleep(0.2)

    def stop(self) -> None:
        """Parts first, servers last. A second Ctrl-C does not wait."""
        self.stopping = True
        if self.lock.descriptor < 0:
            return
        self.lock.describe(address=self.address, state="stopping")
        if self.everything():
            say("stopping")
        for child in self.parts:
            child.ask_to_stop()
        self.wait_for_parts()
        for child in self.parts:
            child.kill()
        if self.servers:
            self.servers.stop()
        self.lock.release()

    def wait_for_parts(self) -> None:
        until = time.monotonic() + max((child.patience for child in self.parts), default=0)
        while any(child.exit_code() is None for child in self.parts):
            if self.hurry or time.monotonic() > until:
                return
            time.sleep(0.05)


def pass_on(child: Child, told: int) -> int:
    """Print the lines meant for the terminal; returns how many lines are dealt with."""
    lines = child.output().split("\n")[:-1]
    for line in lines[told:]:
        if line.startswith("LawCRM: "):
            print(line, flush=True)
    return len(lines)


def show_end(child: Child, lines: list[str]) -> None:
    for line in lines[-15:]:
        print(f"  {child.name} | {line}", file=sys.stderr)


def bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
