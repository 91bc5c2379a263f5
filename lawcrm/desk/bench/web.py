"""A real web process, and somebody signed in to it."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from lawcrm.desk.bench.firms import CHECKOUT, environment
from lawcrm.desk.bench.middleware import HEADER
from lawcrm.desk.demo.people import PASSWORD

THREADS = "4"
PATIENCE = 60  # seconds for a process to answer


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    milliseconds: float
    statements: int
    location: str = ""

    @property
    def kib(self) -> float:
        return len(self.body) / 1024


class Web:
    """One gunicorn with one worker of several threads, as in production but for the number of workers."""

    def __init__(self, database: str, settings_module: str, log):
        self.port = _free_port()
        command = [
            sys.executable, "-m", "gunicorn", "lawcrm.wsgi", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
            "--worker-class", "gthread", "--threads", THREADS, "--no-control-socket", "--keep-alive", "600",
        ]  # fmt: skip
        settings = environment(database, settings_module) | {"LAWCRM_DB_POOL": "1"}
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=settings, stdout=log, stderr=log)

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError(f"the web process on port {self.port} does not answer")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def resident_mib(self) -> float:
        """Of the worker, not of its arbiter."""
        return max(_resident_kib(pid) for pid in _children(self.process.pid)) / 1024


@contextmanager
def serving(database: str, settings_module: str, log) -> Iterator[Web]:
    web = Web(database, settings_module, log)
    try:
        web.wait()
        yield web
    finally:
        web.stop()


class Visitor:
    """A browser reduced to what counts: one kept connection, and cookies."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def post(self, path: str, fields: dict, **headers: str) -> Answer:
        about = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            **headers,
        }
        return self._ask("POST", path, urlencode(fields, doseq=True), about)

    def sign_in(self, username: str) -> Visitor:
        page = self.get("/accounts/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page.body).group(1).decode()
        answer = self.post(
            "/accounts/login/", {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        )
        if answer.status != 302:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")
        return self

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        content = response.read()
        took = (time.perf_counter() - began) * 1000
        self._keep_cookies(response)
        statements = int(response.headers.get(HEADER, 0))
        return Answer(response.status, content, took, statements, response.headers.get("Location", ""))

    def _keep_cookies(self, response) -> None:
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def _children(pid: int) -> list[int]:
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()] or [pid]


def _resident_kib(pid: int) -> int:
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


def cpu_count() -> int:
    return os.cpu_count() or 1
