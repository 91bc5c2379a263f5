"""Locks, secrets, translations, and what stands in the way told in one line."""

import json
import os
import socket
import stat
from pathlib import Path

import pytest

from lawcrm.embedded import postgres, redis, supervisor
from lawcrm.embedded.addresses import embedded_addresses, local_secret, write_private
from lawcrm.embedded.catalogues import compile_catalogues
from lawcrm.embedded.locks import Held, Lock, read_holder
from lawcrm.embedded.places import Account, prepare_data_dir, socket_dir
from lawcrm.embedded.problems import Problem


def test_a_secret_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "deep" / "secret"
    assert local_secret(path, create=False) == ""
    secret = local_secret(path, create=True)
    assert len(secret) >= 50
    assert local_secret(path, create=True) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret"]


def test_the_first_of_two_writers_wins(tmp_path):
    path = tmp_path / "secret"
    write_private(path, "first", once=True)
    write_private(path, "second", once=True)
    assert path.read_text() == "first"


def test_no_servers_no_addresses(tmp_path):
    assert embedded_addresses(tmp_path) == {}
    (tmp_path / "addresses.json").write_text("{half")
    assert embedded_addresses(tmp_path) == {}


def test_a_lock_tells_who_holds_it(tmp_path):
    first = Lock(tmp_path / "lock").take(address="here")
    with pytest.raises(Held) as held:
        Lock(tmp_path / "lock").take()
    assert held.value.holder == {"pid": os.getpid(), "address": "here"}
    first.describe(state="stopping")
    assert read_holder(tmp_path / "lock")["state"] == "stopping"
    first.release()
    Lock(tmp_path / "lock").take().release()


def test_catalogues_are_compiled_when_older(tmp_path):
    source = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Client"\nmsgstr "客户"\n'
    )
    assert compile_catalogues([tmp_path]) == 1
    assert "客户".encode() in source.with_suffix(".mo").read_bytes()
    assert compile_catalogues([tmp_path]) == 0
    os.utime(source, ns=(0, source.with_suffix(".mo").stat().st_mtime_ns + 1))
    assert compile_catalogues([tmp_path]) == 1


def test_a_taken_port_is_told_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Problem, match=f"port {port} is not free") as problem:
            supervisor.check_port("127.0.0.1", port)
    assert "\n" not in str(problem.value)
    supervisor.check_port("127.0.0.1", port)


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none(monkeypatch, text):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Problem, match="is not a port number"):
        supervisor.read_port()


def test_without_wheels_or_servers_one_line_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(postgres, "installations", list)
    monkeypatch.setattr(redis.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(redis.shutil, "which", lambda name: None)
    for find in (lambda: postgres.choose(tmp_path), redis.find_program):
        with pytest.raises(Problem, match="install") as problem:
            find()
        assert "\n" not in str(problem.value)


def test_the_wheel_comes_before_what_the_machine_has(monkeypatch, tmp_path):
    wheel, system = postgres.Installation(tmp_path, 17), postgres.Installation(tmp_path, 18)
    monkeypatch.setattr(postgres, "installations", lambda: [wheel, system])
    assert postgres.choose(tmp_path) is wheel
    (tmp_path / "pg18" / "data").mkdir(parents=True)
    assert postgres.choose(tmp_path) is system


def test_an_old_postgresql_is_passed_over(tmp_path):
    for name, text in {"initdb": "", "postgres": "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n"}.items():
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    assert postgres.look_at(tmp_path) is None
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.18 (Debian 15.18-1)'\n")
    assert postgres.look_at(tmp_path).major == 15


def test_the_password_survives_the_url():
    address = "postgres://lawcrm:a%2Fb@/lawcrm?host=/tmp/x"
    from psycopg.conninfo import conninfo_to_dict

    assert conninfo_to_dict(address) == {
        "user": "lawcrm",
        "password": "a/b",
        "dbname": "lawcrm",
        "host": "/tmp/x",
    }
    assert json.loads(json.dumps({"DATABASE_URL": address}))["DATABASE_URL"] == address


def test_sockets_go_to_the_session_folder_when_it_is_ours(monkeypatch, data_dir):
    me = Account("me", os.geteuid(), os.getegid())
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(data_dir))
    inside = socket_dir(data_dir / "home", me)
    assert inside.parent == data_dir
    assert socket_dir(data_dir / "other", me) != inside
    assert socket_dir(data_dir / "home", Account("other", os.geteuid() + 1, 1)).parent == Path("/tmp")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(data_dir / "long" / ("x" * 60)))
    assert socket_dir(data_dir / "home", me).parent == Path("/tmp")


def test_a_data_folder_that_cannot_be_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="cannot write to the data folder"):
        prepare_data_dir(tmp_path / "file" / "data")
