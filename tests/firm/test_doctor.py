"""The doctor finds what is wrong, names the remedy, and its exit code counts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from lawcrm.firm.doctor import examine
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


def findings() -> dict[str, bool]:
    return {finding.what: finding.is_well for finding in examine()}


def test_the_doctor_finds_the_demo_password():
    make_person("lawyer")
    said = [finding for finding in examine() if "demo password" in finding.what]
    assert PASSWORD == "lawcrm-demo-firm"
    assert [finding.is_well for finding in said] == [False]
    assert "lawyer" in said[0].remedy


def test_a_key_file_others_may_read_is_found(settings, tmp_path):
    path = tmp_path / "kek"
    path.write_text(Path(settings.LAWCRM_KEY_FILE).read_text())
    path.chmod(0o644)
    settings.LAWCRM_KEY_FILE = path
    assert findings()["only its owner reads the key file"] is False
    path.chmod(0o400)
    assert findings()["only its owner reads the key file"] is True


def test_a_wrong_key_is_found(settings, tmp_path):
    path = tmp_path / "kek"
    path.write_text("00" * 32)
    path.chmod(0o400)
    settings.LAWCRM_KEY_FILE = path
    assert "the key opens every data key" not in findings()
    assert any("could not be examined" in what for what in findings())


def test_a_missing_redis_does_not_stop_the_examination(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    found = findings()
    assert found["Redis could not be examined"] is False
    assert "PostgreSQL is 15 or newer" in found


def test_every_ill_finding_has_a_remedy_and_counts(capsys):
    ill = [finding for finding in examine() if not finding.is_well]
    assert ill
    assert all(finding.remedy for finding in ill)
    with pytest.raises(SystemExit) as stop:
        call_command("doctor")
    assert stop.value.code == len(ill)
    assert capsys.readouterr().out.count("remedy:") == len(ill)


def test_production_settings_pass_djangos_deployment_checks():
    environment = os.environ | {
        "LAWCRM_PRODUCTION": "1",
        "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH",
        "ALLOWED_HOSTS": "crm.example",
        "LAWCRM_URL": "https://crm.example",
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout
