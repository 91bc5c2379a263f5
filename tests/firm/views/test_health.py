"""Ready only when everything is there."""

from datetime import timedelta

import pytest
from django.test import Client

from lawcrm.firm import clock
from lawcrm.firm.actions.heartbeat import seen
from lawcrm.firm.models import Heartbeat
from lawcrm.firm.queries import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def running():
    seen("worker"), seen("beat")


def ask():
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()


def test_ready(running):
    status, parts = ask()
    assert (status, parts["ready"]) == (200, True)
    assert {"database", "migrations", "redis", "worker", "beat"} < set(parts)


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_not_without_a_sign_of_life(running, part):
    Heartbeat.objects.filter(name=part).update(seen_at=clock.now() - timedelta(minutes=3))
    status, parts = ask()
    assert (status, parts["ready"], parts[part]) == (503, False, False)


def test_not_without_redis(running, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    status, parts = ask()
    assert (status, parts["redis"]) == (503, False)


def test_not_before_the_migrations(running, monkeypatch):
    monkeypatch.setattr(health, "_migrated", [])
    monkeypatch.setattr("django.db.migrations.executor.MigrationExecutor.migration_plan", lambda *_: ["one"])
    status, parts = ask()
    assert (status, parts["migrations"]) == (503, False)


def test_alive_whatever_happens():
    assert Client().get("/healthz").content == b"ok"
