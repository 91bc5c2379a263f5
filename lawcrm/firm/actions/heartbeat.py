"""Signs of life of the machinery."""

from lawcrm.firm import clock
from lawcrm.firm.models import Heartbeat


def seen(name: str) -> None:
    """Notes that this part of the machinery worked just now."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seen_at"],
    )
