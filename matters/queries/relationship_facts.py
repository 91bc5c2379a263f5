"""What matters say of a relationship."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from clients.rules.relationship import MatterFact
from matters.models import Matter


def matter_facts(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """Every matter of each client, of all time: tenure counts old ones too."""
    matters = defaultdict(list)
    rows = Matter.objects.unscoped().filter(client_id__in=client_ids).order_by()
    for client_id, *values in rows.values_list("client_id", "pk", "accepted_on", "closed_on"):
        matters[client_id].append(MatterFact(*values))
    return {client_id: {"matters": tuple(found)} for client_id, found in matters.items()}
