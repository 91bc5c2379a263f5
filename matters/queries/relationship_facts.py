"""What matters say of a relationship."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db import connection

from clients.rules.relationship_facts import MatterFact

_SQL = "SELECT client_id, id, accepted_on, closed_on FROM matters_matter WHERE client_id = ANY(%s)"


def matter_facts(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """Every matter of each client, of all time: tenure counts old ones too."""
    matters = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [client_ids])
        for client_id, *values in cursor.fetchall():
            matters[client_id].append(MatterFact(*values))
    return {client_id: {"matters": tuple(found)} for client_id, found in matters.items()}
