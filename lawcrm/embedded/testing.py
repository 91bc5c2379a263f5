"""`make test`: private throw-away servers, the checks beside the making of the databases, then pytest in rounds."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from lawcrm.embedded.problems import Problem
from lawcrm.embedded.processes import die_with_parent
from lawcrm.embedded.servers import Servers, missing_addresses, path_with_programs

CHECKOUT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NOTHING_COLLECTED = 5
CHECKS = (
    ("import contract", ["lint-imports"]),
    ("ruff check", ["ruff", "check", "."]),
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("django check", ["manage.py", "check"]),
    ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
)
SPREAD = ["-n", "2", "--dist", "worksteal"]  # few tests walk for a minute: nobody waits for whoever got them
ONE_AT_A_TIME = ["-n", "0"]  # they kill, starve and race, or they measure
# Each round waits for the one before it; what stands together in one runs side by side: who kills processes waits for
# the next ones most of the time.
ROUNDS = (
    (
        ("tests", "not browser and not faults and not alone", SPREAD),
        ("fault tests", "faults and not alone", ONE_AT_A_TIME),
    ),
    (("browser tests", "browser and not faults and not alone", SPREAD),),
    (("measuring tests", "alone", ONE_AT_A_TIME),),
)


def test(arguments: list[str]) -> int:
    """Everything; the exit code is pytest's, or 1 when only a check failed."""
    started = time.monotonic()
    install_chromium()
    with test_environment() as environment:
        with beside(databases_command(), environment):
            checked = checks(environment)
        tested, tally = rounds(arguments, environment)
    for line in tally.failed:
        print(line)
    if not checked:
        print("LawCRM: a check before the tests failed, see above")
    print(f"LawCRM: tested on Python {sys.version.split()[0]} in {time.monotonic() - started:.0f} s")
    print(tally, flush=True)
    return tested or (0 if checked else 1)


def lint() -> int:
    with test_environment() as environment:
        return 0 if checks(environment) else 1


@contextlib.contextmanager
def test_environment() -> Iterator[dict[str, str]]:
    """Servers whose data need not last, in a folder of their own: `make run` may go on beside it."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    data_dir = Path(tempfile.mkdtemp(prefix="lawcrm-test-")).resolve()
    servers = None
    try:
        environment = dict(os.environ) | {"LAWCRM_TESTING": "1", "LAWCRM_DATA_DIR": str(data_dir)}
        environment["DJANGO_SETTINGS_MODULE"] = "lawcrm.settings"
        missing = missing_addresses()
        if missing:
            servers = Servers(data_dir, throw_away=True, missing=missing)
            environment |= servers.start(what="make test", state="running")
            environment["PATH"] = path_with_programs(servers)
        yield environment
    finally:
        if servers:
            servers.stop()
            if servers.places.home != data_dir / "servers":
                shutil.rmtree(servers.places.home, ignore_errors=True)
        shutil.rmtree(data_dir, ignore_errors=True)


def call(command: list[str], environment: dict[str, str]) -> int:
    """One command to its end; it does not outlive us."""
    with beside(command, environment) as process:
        return process.wait()


@contextlib.contextmanager
def beside(command: list[str], environment: dict[str, str], output=None) -> Iterator[subprocess.Popen]:
    """A command that runs meanwhile and has ended afterwards."""
    ours = command[0].endswith(".py") or command[0].startswith("-")
    program = [sys.executable, *command] if ours else command
    parent = os.getpid()
    process = subprocess.Popen(
        program,
        env=environment,
        cwd=CHECKOUT,
        preexec_fn=lambda: die_with_parent(signal.SIGTERM, parent),
        stdout=output,
        stderr=output and subprocess.STDOUT,
    )
    try:
        yield process
        process.wait()
    except BaseException:
        process.terminate()
        process.wait(30)
        raise


def databases_command() -> list[str]:
    """Ready-made databases for the tests on our own servers; on somebody's, pytest makes what is missing."""
    ours = "DATABASE_URL" in missing_addresses()
    return ["-m", "lawcrm.embedded.test_databases"] if ours else ["-c", "pass"]


def checks(environment: dict[str, str]) -> bool:
    good = True
    for name, command in CHECKS:
        print(f"-- {name}", flush=True)
        good = call(command, environment) == 0 and good
    return good


class Tally:
    """What all rounds together came to."""

    def __init__(self):
        self.passed = self.skipped = 0
        self.failed: list[str] = []

    def add(self, report: Path) -> None:
        if not report.exists():
            return
        for case in ElementTree.parse(report).getroot().iter("testcase"):  # noqa: S314 - our own pytest wrote it
            outcomes = {child.tag for child in case}
            if outcomes & {"failure", "error"}:
                self.failed.append(f"FAILED {case.get('classname')}::{case.get('name')}")
            elif "skipped" in outcomes:
                self.skipped += 1
            else:
                self.passed += 1

    def __str__(self) -> str:
        return f"{self.passed} passed, {len(self.failed)} failed, {self.skipped} skipped"


def rounds(arguments: list[str], environment: dict[str, str]) -> tuple[int, Tally]:
    tally, codes = Tally(), []
    for together in ROUNDS:
        (first, *others), reports = together, Path(environment["LAWCRM_DATA_DIR"])
        with contextlib.ExitStack() as stack:
            running = [
                stack.enter_context(
                    in_background(name, pytest_command(arguments, reports, name, *how), environment)
                )
                for name, *how in others
            ]
            print(f"-- {first[0]}", flush=True)
            codes.append(call(pytest_command(arguments, reports, *first), environment))
            codes += [process.wait() for process in running]
        for name, *_how in together:
            tally.add(report_of(reports, name))
    if all(code == NOTHING_COLLECTED for code in codes):
        return NOTHING_COLLECTED, tally
    return next((code for code in codes if code not in (0, NOTHING_COLLECTED)), 0), tally


def pytest_command(
    arguments: list[str], reports: Path, name: str, marker: str, spread: list[str]
) -> list[str]:
    report = report_of(reports, name)
    return ["-m", "pytest", "-q", "--reuse-db", "-m", marker, *spread, f"--junit-xml={report}", *arguments]


def report_of(reports: Path, name: str) -> Path:
    return reports / f"{name.split()[0]}.xml"


@contextlib.contextmanager
def in_background(name: str, command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A command whose output is told in one piece, after what runs beside it."""
    with tempfile.TemporaryFile() as output:
        with beside(command, environment, output) as process:
            yield process
        output.seek(0)
        print(f"-- {name}\n{output.read().decode(errors='replace')}", flush=True)


def install_chromium() -> None:
    """The browser tests drive Debian's Chromium; Chinese needs a font with its characters."""
    if os.environ.get("CHROMIUM") == "none" or any(shutil.which(name) for name in CHROMIUM):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Problem(
            "the browser tests need Chromium: have root run 'apt-get update && apt-get install -y chromium"
            " fonts-noto-cjk', or leave them out with CHROMIUM=none make test"
        )
    print("LawCRM: installing Chromium for the browser tests", flush=True)
    environment = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"],
    ):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL).returncode:
            raise Problem(f"could not install Chromium: '{' '.join(command)}' failed, see above")
