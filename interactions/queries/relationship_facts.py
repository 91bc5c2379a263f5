"""What the contact log says of a relationship.

Plain SQL, for speed: at night these are millions of rows, and the ORM's conversion of each cost more than the judging.
"""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db import connection

from clients.rules.relationship_facts import ContactFact
from lawcrm.firm import clock

# One statement, three kinds of rows: the contacts of the window one by one; what all contacts ever add up to;
# complaints that still have an unfinished follow-up.
_SQL = """
SELECT client_id, id, (at AT TIME ZONE %(zone)s)::date, initiator = 'firm', answered,
       array_to_string(purposes, ','), matter_id, NULL::int, NULL::timestamptz, NULL::date
  FROM interactions_contact
 WHERE client_id = ANY(%(clients)s) AND withdrawn_at IS NULL AND at >= %(since)s AND at < %(until)s
 UNION ALL
SELECT client_id, NULL, NULL, NULL, NULL, NULL, NULL, count(*), max(at),
       (max(at) FILTER (WHERE answered AND NOT purposes <@ ARRAY['greeting', 'event']::varchar[]) AT TIME ZONE %(zone)s)::date
  FROM interactions_contact
 WHERE client_id = ANY(%(clients)s) AND withdrawn_at IS NULL AND at < %(until)s
 GROUP BY client_id
 UNION ALL
SELECT client_id, NULL, NULL, NULL, NULL, NULL, NULL, -count(*), NULL, NULL
  FROM interactions_followup
 WHERE client_id = ANY(%(clients)s) AND origin = 'complaint' AND state IN ('open', 'snoozed')
 GROUP BY client_id
"""


def contact_facts(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """Contacts of the window one by one; how many ever, when the last ones were, and complaints still open."""
    window, facts = defaultdict(list), defaultdict(dict)
    for client_id, pk, on, by_firm, answered, purposes, matter_id, count, last_at, heard_on in _rows(
        client_ids, since, today
    ):
        if pk is not None:
            window[client_id].append(ContactFact(pk, on, by_firm, answered, _purposes(purposes), matter_id))
        elif count < 0:
            facts[client_id]["open_complaints"] = -count
        else:
            facts[client_id] |= {
                "contact_count": count,
                "ever_contacted": True,
                "last_contact_at": last_at,
                "last_substantive_on": heard_on,
            }
    for client_id, contacts in window.items():
        facts[client_id]["contacts"] = tuple(contacts)
    return facts


def _rows(client_ids, since: date, today: date):
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
        return cursor.fetchall()


@cache
def _purposes(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(","))
