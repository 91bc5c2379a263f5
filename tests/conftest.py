"""What every test has: compiled translations, a place for static files, the tests' own data folder."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("LAWCRM_TESTING", "1")

# How long an example takes says something of the machine, not of the rule.
settings.register_profile("lawcrm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lawcrm")

HERE = Path(__file__).parent
FOLDERS_WITH_A_MARK = {"browser": "browser", "faults": "faults"}


def pytest_configure(config):
    from django.conf import settings

    from lawcrm.embedded.catalogues import compile_catalogues

    # a quarter second each otherwise
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    compile_catalogues(settings.LOCALE_PATHS)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none


def pytest_ignore_collect(collection_path, config):
    """Reading four thousand tests takes ten seconds: a round reads no file that has none of its own."""
    if collection_path.match("test_*.py") and not may_have(collection_path, config.option.markexpr):
        return True
    return None


def may_have(path: Path, expression: str) -> bool:
    """Whether a file may have tests of these marks ("faults and not alone"), by its folder and the marks it names."""
    if not re.fullmatch(r"(not )?\w+( and (not )?\w+)*", expression):
        return True
    of_all = mark_of_folder(path)
    named = {of_all, *re.findall(r"\bmark\.(\w+)", path.read_text(encoding="utf-8"))}
    return all(
        word.removeprefix("not ") != of_all if word.startswith("not ") else word in named
        for word in expression.split(" and ")
    )


def pytest_collection_modifyitems(items):
    """A test in tests/browser is a browser test, one in tests/faults a fault test: no mark to forget."""
    for item in items:
        if mark := mark_of_folder(item.path):
            item.add_marker(getattr(pytest.mark, mark))


def mark_of_folder(path: Path) -> str | None:
    parts = path.relative_to(HERE).parts if path.is_relative_to(HERE) else ()
    return FOLDERS_WITH_A_MARK.get(parts[0]) if parts else None
