"""The private servers together: started where no address is given, shared by whoever runs from the same folder."""

import contextlib
import fcntl
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from lawcrm.embedded.addresses import embedded_addresses, forget_addresses, record_addresses
from lawcrm.embedded.locks import Held, Lock
from lawcrm.embedded.places import find_places, make_socket_dir, remove_socket_dir
from lawcrm.embedded.postgres import Postgres, choose
from lawcrm.embedded.problems import Problem
from lawcrm.embedded.processes import Child
from lawcrm.embedded.redis import Redis

NAMES = ("DATABASE_URL", "REDIS_URL")


class Servers:
    """PostgreSQL and Redis of one data folder; whichever of the two has its address in the environment is left out."""

    def __init__(self, data_dir: Path, *, throw_away: bool = False, missing: tuple[str, ...] = NAMES):
        self.places = find_places(data_dir)
        self.throw_away, self.missing = throw_away, missing
        self.lock = Lock(self.places.home / "lock")
        self.services: list[Postgres | Redis] = []

    def start(self, **about) -> dict[str, str]:
        """Start what is missing; returns the addresses. Raises Held when another process runs them."""
        self.lock.take(**about)
        forget_addresses(self.places.data_dir)  # of a run that was killed
        try:
            make_socket_dir(self.places)
            for name, kind in (("DATABASE_URL", Postgres), ("REDIS_URL", Redis)):
                if name in self.missing:
                    service = kind(self.places, throw_away=self.throw_away)
                    self.services.append(service)
                    service.start()
        except BaseException:
            self.stop()
            raise
        urls = {"DATABASE_URL" if isinstance(s, Postgres) else "REDIS_URL": s.url for s in self.services}
        record_addresses(self.places.data_dir, urls)
        return urls

    @property
    def children(self) -> list[Child]:
        return [service.child for service in self.services if service.child]

    def stop(self) -> None:
        forget_addresses(self.places.data_dir)
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
        remove_socket_dir(self.places)
        self.services = []
        self.lock.release()


def path_with_programs(servers: Servers) -> str:
    """PATH with psql, pg_dump and pg_restore of the private server's own version in front."""
    path = os.environ.get("PATH", os.defpath)
    if "DATABASE_URL" not in servers.missing:
        return path
    return f"{choose(servers.places.home).bin}{os.pathsep}{path}"


def missing_addresses() -> tuple[str, ...]:
    return tuple(name for name in NAMES if not os.environ.get(name))


@contextlib.contextmanager
def servers_for_command(data_dir: Path) -> Iterator[None]:
    """The addresses in the environment for the length of a command: of running servers, else of our own."""
    missing = missing_addresses()
    if not missing:
        yield
        return
    servers = Servers(data_dir, missing=missing)
    with interrupts_reach_the_command(), users_of(servers) as guests:
        try:
            urls = servers.start(what="a manage.py command", state="running")
        except Held:
            urls = wait_for_addresses(servers.places.data_dir, missing)
        os.environ.update({name: url for name, url in urls.items() if name in missing})
        os.environ["PATH"] = path_with_programs(servers)
        try:
            yield
        finally:
            if servers.services:
                guests.wait_for_others()
                servers.stop()


class Guests:
    """Who uses the servers besides their starter: a shared lock each, so that the starter can wait for the others."""

    def __init__(self, path: Path):
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)

    def wait_for_others(self) -> None:
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)

    def close(self) -> None:
        os.close(self.descriptor)


@contextlib.contextmanager
def users_of(servers: Servers) -> Iterator[Guests]:
    guests = Guests(servers.places.home / "guests")
    try:
        yield guests
    finally:
        guests.close()


def wait_for_addresses(data_dir: Path, missing: tuple[str, ...]) -> dict[str, str]:
    """The addresses another process is about to write."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if urls := embedded_addresses(data_dir):
            if not set(missing) <= set(urls):
                break
            return urls
        time.sleep(0.05)
    raise Problem(f"another process of this folder runs private servers, but not for {' and '.join(missing)}")


@contextlib.contextmanager
def interrupts_reach_the_command() -> Iterator[None]:
    """Stop the servers on SIGTERM and SIGHUP too, not only on Ctrl-C."""

    def leave(number, frame):
        sys.exit(128 + number)

    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    for number, handler in before.items():
        if handler is signal.SIG_DFL:
            signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
