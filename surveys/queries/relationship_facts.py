"""What survey answers say of a relationship."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from clients.rules.relationship_facts import SurveyFact
from lawcrm.firm import clock

_SQL = """
SELECT client_id, id, (answered_at AT TIME ZONE %(zone)s)::date, score, nps
  FROM surveys_surveyanswer
 WHERE client_id = ANY(%(clients)s) AND answered_at >= %(since)s AND answered_at < %(until)s
"""


def survey_facts(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """The answers given in the window."""
    answers = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {
                "clients": client_ids,
                "zone": str(clock.zone_of()),
                "since": clock.start_of(since),
                "until": clock.start_of(today + timedelta(days=1)),
            },
        )
        for client_id, *values in cursor.fetchall():
            answers[client_id].append(SurveyFact(*values))
    return {client_id: {"surveys": tuple(found)} for client_id, found in answers.items()}
