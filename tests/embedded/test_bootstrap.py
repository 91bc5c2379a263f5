"""The way from a bare Python into the virtualenv: installed once, again when the lock changes."""

import subprocess
import sys

import pytest

from lawcrm.embedded import bootstrap


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "lock.txt"
    path.write_text("one==1")
    return path


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").touch()
    return folder


@pytest.fixture
def installs(monkeypatch):
    """The commands that would have run; all succeed."""
    commands = []
    monkeypatch.setattr(bootstrap, "run", lambda command: commands.append(command) or True)
    return commands


def test_a_second_start_installs_nothing(folder, lock, installs):
    assert not bootstrap.is_filled(folder, lock)
    assert bootstrap.fill(folder, lock) == 0
    assert bootstrap.is_filled(folder, lock)


def test_a_changed_lock_installs_again(folder, lock, installs):
    bootstrap.fill(folder, lock)
    lock.write_text("one==2")
    assert not bootstrap.is_filled(folder, lock)


def test_a_folder_whose_python_went_away_is_filled_again(folder, lock, installs):
    bootstrap.fill(folder, lock)
    (folder / "bin" / "python").unlink()
    assert not bootstrap.is_filled(folder, lock)


def test_a_failed_install_leaves_no_stamp(folder, lock, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "run", lambda command: False)
    assert bootstrap.fill(folder, lock) == 2
    assert not bootstrap.is_filled(folder, lock)
    assert "python3-venv" in capsys.readouterr().err.replace(
        f"{sys.version_info[0]}.{sys.version_info[1]}", "3"
    )


def test_hashes_are_always_required(folder, lock, installs, monkeypatch):
    for uv in (None, "/usr/bin/uv"):
        installs.clear()
        monkeypatch.setattr(bootstrap.shutil, "which", lambda name, found=uv: found)
        bootstrap.fill(folder, lock)
        assert any("--require-hashes" in command for command in installs)


def test_without_uv_success_pip_takes_over(folder, lock, monkeypatch):
    commands = []

    def run(command):
        commands.append(command)
        return not command[0].endswith("uv")

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/uv")
    assert bootstrap.fill(folder, lock) == 0
    assert commands[-1][1:3] == ["-m", "pip"]


def test_it_needs_nothing_installed():
    """Nothing but the standard library: it runs before anything is there."""
    code = "import runpy; runpy.run_path('lawcrm/embedded/bootstrap.py')"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=bootstrap.CHECKOUT, capture_output=True
    )
    assert done.returncode == 0, done.stderr
