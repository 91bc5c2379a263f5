"""The private servers: private, durable, one set per folder, gone with their parent."""

import contextlib
import os
import socket
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from lawcrm.embedded.addresses import embedded_addresses
from lawcrm.embedded.postgres import installations
from lawcrm.embedded.redis import ping
from tests.embedded.conftest import gone_within, kill, python_for_everybody

ROOT = 0
NOBODY = 65534


def ask(url: str, statement: str, *parameters):
    with contextlib.closing(psycopg.connect(url, autocommit=True)) as connection:
        cursor = connection.execute(statement, parameters)
        return cursor.fetchone()[0] if cursor.description else None


def test_what_kind_of_servers_they_are(data_dir, hold):
    holder = hold(data_dir)
    url = holder.database_url
    assert ask(url, "SHOW listen_addresses") == ""
    assert ask(url, "SHOW data_checksums") == "on"
    assert ask(url, "SHOW fsync") == "on"
    assert ask(url, "SHOW password_encryption") == "scram-sha-256"
    assert ask(url, "SELECT NOT rolsuper AND rolcreatedb FROM pg_roles WHERE rolname = current_user")
    assert ask(url, "SELECT count(*) FROM pg_database WHERE datname = 'lawcrm' AND encoding = 6") == 1
    assert ask(url, "SELECT '张' ~ '[[:alpha:]]'"), "Chinese characters must be letters"
    assert ask(url, "SELECT upper('é')") == "É"
    assert ping(holder.sockets / "redis.sock")
    assert embedded_addresses(data_dir) == {"DATABASE_URL": url, "REDIS_URL": holder.redis_url}
    holder.stop()
    assert embedded_addresses(data_dir) == {}
    assert not holder.sockets.exists()
    assert gone_within(holder.pids.values(), 1)


def test_nobody_else_gets_in(data_dir, hold):
    holder = hold(data_dir)
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(f"postgres://postgres:wrong@/postgres?host={holder.sockets}")
    for path in (data_dir / "database_password", data_dir / "addresses.json", *(data_dir / "logs").iterdir()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    for path in (holder.home, holder.sockets):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
    assert not stat.S_IMODE(data_dir.stat().st_mode) & 0o007


def test_a_second_start_is_refused(data_dir, hold):
    hold(data_dir)
    assert hold(data_dir).error == "held by a test"


def test_killed_all_at_once_nothing_committed_is_lost(data_dir, hold):
    first = hold(data_dir)
    ask(first.database_url, "CREATE TABLE kept (n int)")
    for n in range(20):
        ask(first.database_url, "INSERT INTO kept VALUES (%s)", n)
    first.kill_all()
    second = hold(data_dir)
    assert second.error == ""
    assert ask(second.database_url, "SELECT count(*) FROM kept") == 20


def test_the_servers_end_with_a_killed_parent(data_dir, hold):
    holder = hold(data_dir)
    kill(holder.process.pid)
    assert gone_within(holder.pids.values(), 10)
    assert hold(data_dir).error == ""


def test_servers_that_lost_their_parent_are_ended_first(data_dir, hold):
    """Where no death signal reaches them (other systems than Linux)."""
    holder = hold(data_dir)
    holder.stop()
    postgres = subprocess.Popen(
        [
            installations()[0].program("postgres"),
            "-D",
            next(holder.home.glob("pg*/data")),
            "-c",
            "listen_addresses=",
        ]
        + ["-c", f"unix_socket_directories={holder.home}"],
        cwd="/",
        stderr=subprocess.DEVNULL,
        **owner(holder.home),
    )
    try:
        while not list(holder.home.glob(".s.PGSQL.*")) and postgres.poll() is None:
            pass
        again = hold(data_dir)
        assert again.error == ""
        assert postgres.wait(1) == 0
    finally:
        kill(postgres.pid)
        postgres.wait()


def owner(path: Path) -> dict:
    state = path.stat()
    return (
        {}
        if state.st_uid == os.geteuid()
        else {"user": state.st_uid, "group": state.st_gid, "extra_groups": []}
    )


def test_a_half_made_cluster_is_made_again(data_dir, hold):
    holder = hold(data_dir)
    holder.stop()
    data = next(holder.home.glob("pg*/data"))
    half = data.with_name("data.tmp")
    data.rename(half)
    (half / "global" / "pg_control").unlink()
    again = hold(data_dir)
    assert again.error == ""
    assert not half.exists()


def test_data_of_another_major_version_is_left_alone(data_dir, hold):
    holder = hold(data_dir)
    holder.stop()
    folder = next(holder.home.glob("pg*"))
    folder.rename(folder.with_name("pg99"))
    error = hold(data_dir).error
    assert "was written by PostgreSQL 99" in error
    assert "\n" not in error
    assert not folder.exists()


def test_a_lost_password_is_told(data_dir, hold):
    hold(data_dir).stop()
    (data_dir / "database_password").write_text("another")
    assert "put the old one back" in hold(data_dir).error


def test_sockets_fit_however_long_the_path(data_dir, hold):
    holder = hold(data_dir / ("x" * 100) / ("y" * 100))
    assert holder.error == ""
    assert len(str(holder.sockets / ".s.PGSQL.5432")) < 107


def test_a_socket_folder_of_somebody_else_is_refused(data_dir, hold):
    holder = hold(data_dir)
    holder.stop()
    elsewhere = data_dir / "elsewhere"
    elsewhere.mkdir()
    holder.sockets.symlink_to(elsewhere)
    try:
        assert "somebody else made it" in hold(data_dir).error
    finally:
        holder.sockets.unlink()


def test_a_checkout_below_a_closed_folder_stays_closed(data_dir, hold):
    """Root's servers run as another account, which must not be let into the folder; a user's own are in it already."""
    closed = data_dir / "closed"
    closed.mkdir(mode=0o700)
    holder = hold(closed / "data")
    assert holder.error == ""
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert holder.home.is_relative_to("/var/lib/lawcrm" if os.geteuid() == ROOT else closed)


def test_an_ordinary_user_starts_them_too(data_dir, hold):
    theirs = data_dir / "theirs"
    theirs.mkdir()
    holder = hold(theirs, **as_an_ordinary_user(theirs))
    assert holder.error == ""
    assert ask(holder.database_url, "SELECT 1") == 1
    assert holder.home.stat().st_uid == theirs.stat().st_uid != ROOT


def as_an_ordinary_user(folder: Path) -> dict:
    """How a process starts that is not root's, in a folder of its own: root takes nobody's part, others their own."""
    if os.geteuid() != ROOT:
        return {}
    python = python_for_everybody(folder.parent / "python")
    os.chown(folder, NOBODY, NOBODY)
    folder.parent.chmod(0o755)
    return {"python": python, "user": NOBODY, "group": NOBODY, "extra_groups": []}


def test_no_network_socket_is_opened(data_dir, hold):
    holder = hold(data_dir)
    with socket.socket() as probe, pytest.raises(OSError, match="refused|in use"):
        probe.settimeout(2)
        probe.connect(("127.0.0.1", 5432))
    tcp = Path("/proc/net/tcp").read_text() if Path("/proc/net/tcp").exists() else ""
    for pid in holder.pids.values():
        folder = Path(f"/proc/{pid}/fd")
        opened = [os.readlink(entry) for entry in folder.iterdir()] if folder.exists() else []
        inodes = {name[8:-1] for name in opened if name.startswith("socket:[")}
        assert not inodes & {line.split()[9] for line in tcp.splitlines()[1:]}
