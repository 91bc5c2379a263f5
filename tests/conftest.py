"""What every test has: compiled translations, a place for static files, the tests' own data folder."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("LAWCRM_TESTING", "1")

# How long an example takes says something of the machine, not of the rule.
settings.register_profile("lawcrm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lawcrm")

FOLDERS_WITH_A_MARK = {"browser": "browser", "faults": "faults"}


def pytest_configure(config):
    from django.conf import settings

    from lawcrm.embedded.catalogues import compile_catalogues

    # a quarter second each otherwise
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    compile_catalogues(settings.LOCALE_PATHS)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none


def pytest_collection_modifyitems(items):
    """A test in tests/browser is a browser test, one in tests/faults a fault test: no mark to forget."""
    here = Path(__file__).parent
    for item in items:
        parts = item.path.relative_to(here).parts if item.path.is_relative_to(here) else ()
        if parts and (mark := FOLDERS_WITH_A_MARK.get(parts[0])):
            item.add_marker(getattr(pytest.mark, mark))
