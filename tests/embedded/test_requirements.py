"""The locks: whole, hashed, without any address, and true to what was asked for."""

import re

import pytest

from tests.embedded.conftest import CHECKOUT

FOLDER = CHECKOUT / "requirements"


def pins(path) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", path.read_text(), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize("name", ["runtime", "development"])
def test_what_was_asked_for_is_locked(name):
    asked, locked = pins(FOLDER / f"{name}.in"), pins(FOLDER / f"{name}.txt")
    assert asked.items() <= locked.items()


def test_tests_run_on_what_is_released():
    assert pins(FOLDER / "runtime.txt").items() <= pins(FOLDER / "development.txt").items()


@pytest.mark.parametrize("name", ["runtime", "development"])
def test_a_lock_has_hashes_and_no_addresses(name):
    text = (FOLDER / f"{name}.txt").read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    for block in re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE):
        assert not block.strip() or "--hash=sha256:" in block, block


def test_each_direct_dependency_is_accounted_for():
    told = (CHECKOUT / "docs" / "dependencies.md").read_text().lower()
    missing = [
        name
        for name in pins(FOLDER / "development.in") | pins(FOLDER / "runtime.in")
        if f"`{name}`" not in told
    ]
    assert not missing
