import kombu.pools
import pytest
from django.db import connection

from lawcrm.celery import app
from lawcrm.firm import wake
from tests.faults import kinds  # noqa: F401  (registers them here too: the tests start such jobs)
from tests.faults.harness import Machinery

TABLES = {
    "fault_rows": "CREATE TABLE fault_rows (job uuid, number integer)",
    "fault_ticks": "CREATE TABLE fault_ticks (at timestamptz)",
}


@pytest.fixture
def machinery(transactional_db, monkeypatch):
    """Workers, beats and Redis to be killed; this process publishes to the same Redis."""
    with connection.cursor() as cursor:
        for name, create in TABLES.items():
            cursor.execute(f"DROP TABLE IF EXISTS {name}")
            cursor.execute(create)
    machinery = Machinery()
    try:
        monkeypatch.setattr(wake, "_silent_until", 0.0)
        with publishing_to(machinery.redis_url):
            yield machinery
    finally:
        machinery.stop()
        with connection.cursor() as cursor:
            for name in TABLES:
                cursor.execute(f"DROP TABLE IF EXISTS {name}")


class publishing_to:
    """Points this process's Celery at another Redis for a while."""

    def __init__(self, url: str):
        self.url = url.replace("unix://", "redis+socket://", 1)

    def __enter__(self):
        self.before = app.conf.broker_url
        self._point(self.url)

    def __exit__(self, *error):
        self._point(self.before)

    def _point(self, url: str):
        app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = url
        kombu.pools.reset()
        app._pool = app.amqp._producer_pool = None
