"""Follow-ups beyond those of the loaded firm: many of one person, and very many of everybody."""

from __future__ import annotations

import psycopg

from interactions.models import FollowUp

_LIKENESS = """SELECT * FROM interactions_followup
                WHERE state = 'open' AND promise_id IS NULL AND recurrence = '' ORDER BY id LIMIT 1"""
_OF_ALL = {
    "id": "gen_random_uuid()", "client_id": "c.id", "owner_id": "c.responsible_id", "title": "'Ring about item ' || n",
    "origin": "'hand'", "trigger": "''", "cause": "''", "cause_facts": "'{}'", "purpose": "''", "matter_id": "NULL",
    "person_id": "NULL", "from_contact_id": "NULL", "delegated_by_id": "NULL", "watcher_ids": "'{}'",
    "snoozed_until": "NULL",
}  # fmt: skip


def add(
    held: psycopg.Connection,
    *,
    of: str,
    each: int,
    due_at: str,
    remind_at: str = "",
    escalate_at: str = "",
    **values,
) -> int:
    """`each` open follow-ups of every client `of` says (SQL, `c` is the client), due when `due_at` says (`n` counts).

    Reminded of when they are due and taken further three days later, where nothing else is said.
    """
    other = _OF_ALL | {
        "due_at": due_at, "remind_at": remind_at or due_at,
        "escalate_at": escalate_at or f"{due_at} + interval '3 days'",
    }  # fmt: skip
    columns = [field.column for field in FollowUp._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    chosen = ", ".join(other.get(column, f'k."{column}"') for column in columns)
    statement = f"""INSERT INTO interactions_followup ({names}) SELECT {chosen}
        FROM clients_client c, generate_series(1, {each}) n, ({_LIKENESS}) k WHERE {of}"""  # noqa: S608
    added = held.execute(statement, values or None).rowcount
    held.execute("ANALYZE interactions_followup")
    return added
