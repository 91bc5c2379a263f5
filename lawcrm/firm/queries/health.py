"""Is everything there that LawCRM needs to do its work?"""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from lawcrm.firm import clock, queue_server
from lawcrm.firm.models import Heartbeat, Job, Outbox

FRESH = timedelta(minutes=2)
_migrated: list[bool] = []  # once all migrations are in, this process need not look again


def readiness() -> dict[str, bool | int]:
    """Each part by name; a count where it is no yes or no. What cannot be asked counts as not there."""
    try:
        return {
            "database": True,
            "migrations": _migrations_applied(),
            "redis": queue_server.answers(),
            **_alive(),
        }
    except DatabaseError:
        return {"database": False, "redis": queue_server.answers()}


def _migrations_applied() -> bool:
    if not _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.append(True)
    return True


def _alive() -> dict[str, bool | int]:
    """Worker and beat by their heartbeats, and what piles up where they do not work."""
    seen = set(Heartbeat.objects.filter(seen_at__gt=clock.now() - FRESH).values_list("name", flat=True))
    late = Outbox.objects.filter(state=Outbox.State.WAITING, due_at__lt=clock.now() - 2 * FRESH)
    return {
        "worker": "worker" in seen,
        "beat": "beat" in seen,
        "outbox_late": late.count(),
        "outbox_unknown": Outbox.objects.filter(state=Outbox.State.UNKNOWN).count(),
        "jobs_open": Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING]).count(),
    }
