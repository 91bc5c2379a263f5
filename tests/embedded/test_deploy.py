"""What docker-compose.yml, the Dockerfile and deploy/ promise. No engine is needed: the files are read and tried."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
import yaml
from django.core.management import get_commands

from tests.embedded.conftest import CHECKOUT, bare_environment, free_port, kill

OURS = ("web", "worker", "beat", "migrate")


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def services(compose) -> dict:
    return compose["services"]


def test_every_part_is_there_and_watched(services):
    assert set(services) == {"proxy", "web", "worker", "beat", "migrate", "postgres", "redis"}
    for name, service in services.items():
        assert name == "migrate" or service["healthcheck"]["test"], name
    assert services["postgres"]["image"] == "postgres:17"
    assert services["redis"]["image"] == "redis:7"


def test_nothing_serves_before_the_tables_are_migrated(services):
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert services["migrate"]["restart"] == "no"
    assert services["proxy"]["depends_on"]["web"] == {"condition": "service_healthy"}


def test_only_the_proxy_is_reachable(compose, services):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert compose["networks"]["store"]["internal"] is True
    assert services["postgres"]["networks"] == services["redis"]["networks"] == ["store"]


def test_our_parts_run_in_production_without_rights(services):
    for name in OURS:
        service = services[name]
        assert service["environment"]["LAWCRM_PRODUCTION"] == "1"
        assert service["environment"]["LAWCRM_BEHIND_PROXY"] == "1"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
    assert "USER lawcrm" in (CHECKOUT / "Dockerfile").read_text()


def test_secrets_come_from_files(compose, services):
    for name, service in services.items():
        for variable, value in (service.get("environment") or {}).items():
            assert not re.search(r"://[^/@]*:[^/@]+@", str(value)), (name, variable)
            if "PASSWORD" in variable or "SECRET" in variable:
                assert variable.endswith("_FILE"), (name, variable)
                assert str(value).startswith("/run/secrets/")
        for secret in service.get("secrets", []):
            assert compose["secrets"][secret]["file"] == f"deploy/secrets/{secret}"
    assert "deploy/secrets/" in (CHECKOUT / ".gitignore").read_text().splitlines()
    assert "deploy/secrets" in (CHECKOUT / ".dockerignore").read_text().splitlines()
    assert not re.search(r"(?i)(ENV|ARG).*(SECRET|PASSWORD)", (CHECKOUT / "Dockerfile").read_text())


def test_what_must_last_is_in_named_volumes(compose, services):
    for service, volume in {"postgres": "postgres_data", "redis": "redis_data", "web": "data"}.items():
        assert any(mount.startswith(f"{volume}:") for mount in services[service]["volumes"])
        assert volume in compose["volumes"]


def test_only_the_web_keeps_a_pool(services):
    """Celery closes Django's pool after each task (celery 10554)."""
    assert services["web"]["environment"]["LAWCRM_DB_POOL"] == "1"
    assert "LAWCRM_DB_POOL" not in services["worker"]["environment"] | services["beat"]["environment"]


def test_files_the_services_mount_exist(services):
    mounted = [
        mount
        for service in services.values()
        for mount in service.get("volumes", [])
        if mount.startswith("./")
    ]
    assert mounted
    for mount in mounted:
        assert (CHECKOUT / mount.split(":")[0]).is_file(), mount


def test_make_secrets_keeps_what_is_there(tmp_path):
    script = tmp_path / "make-secrets"
    script.write_bytes((CHECKOUT / "deploy/make-secrets").read_bytes())
    first = subprocess.run(["bash", script], capture_output=True, text=True, check=True)
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(re.findall(r"made deploy/secrets/(\w+)", first.stdout))
    assert len(bytes.fromhex(made["lawcrm_key"])) == 32
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    if os.geteuid() == 0:
        assert "--uid 10001" in (CHECKOUT / "Dockerfile").read_text()
        state = (tmp_path / "secrets" / "lawcrm_key").stat()
        assert (state.st_uid, state.st_mode & 0o777) == (10001, 0o400)
    subprocess.run(["bash", script], capture_output=True, check=True)
    assert made == {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}


@pytest.mark.faults
def test_the_production_settings_work_as_composed(services, data_dir, hold, tmp_path):
    """The web's own environment, with its secrets in files, on servers of ours: migrate, keys, check, serve."""
    holder = hold(data_dir)
    subprocess.run(["bash", "-s"], input=secrets_into(tmp_path), text=True, check=True, capture_output=True)
    environment = bare_environment(
        **{name: str(value) for name, value in services["web"]["environment"].items()},
        LAWCRM_DATA_DIR=str(tmp_path / "data"),
    )
    for name, value in environment.items():
        environment[name] = value.replace("/run/secrets", str(tmp_path / "secrets"))
    (tmp_path / "data").mkdir()
    (tmp_path / "secrets" / "database_password").chmod(0o600)
    (tmp_path / "secrets" / "database_password").write_text((data_dir / "database_password").read_text())
    environment |= {"ALLOWED_HOSTS": "crm.example", "CSRF_TRUSTED_ORIGINS": "https://crm.example"}
    environment["DATABASE_URL"] = f"postgres://lawcrm@/lawcrm?host={holder.sockets}"
    environment["REDIS_URL"] = holder.redis_url
    del environment["REDIS_PASSWORD_FILE"]

    def manage(*arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=environment,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    manage("migrate", "--noinput")
    if "keys" in get_commands():
        manage("keys", "init")
    manage("collectstatic", "--noinput", "-v0")
    manage("check", "--deploy", "--fail-level", "WARNING")
    port = free_port()
    web = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "lawcrm.wsgi",
            "--bind",
            f"127.0.0.1:{port}",
            "--no-control-socket",
        ],
        env=environment,
        cwd=CHECKOUT,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert answer(port, "/healthz", "crm.example") == 200
        assert answer(port, "/healthz", "evil.example") == 400
        assert answer(port, "/accounts/login/", "crm.example") == 301, "plain HTTP is sent to TLS"
        assert answer(port, "/accounts/login/", "crm.example", proto="https") != 301, "the proxy is believed"
    finally:
        web.terminate()
        web.wait(20)
        kill(web.pid)


def secrets_into(folder) -> str:
    return (
        (CHECKOUT / "deploy/make-secrets")
        .read_text()
        .replace('"$(cd "$(dirname "$0")" && pwd)/secrets"', f"{folder}/secrets")
    )


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def answer(port: int, path: str, host: str, *, proto: str = "") -> int:
    headers = {"Host": host} | ({"X-Forwarded-Proto": proto} if proto else {})
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    opener = urllib.request.build_opener(NoRedirect)
    for _ in range(200):
        try:
            with opener.open(request, timeout=10) as response:
                return response.status
        except urllib.error.HTTPError as error:
            error.close()
            return error.code
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nothing answers")
