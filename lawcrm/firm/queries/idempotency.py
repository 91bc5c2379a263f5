"""The answers kept for forms that were sent."""

from django.db import connection

from lawcrm.firm.models import IdempotencyKey


def claim(*, user_id, route: str, key: str, body_hash: str) -> int | None:
    """The id of a new row for this key; None where the key was used before.

    A second sender with the same key waits here until the first one's transaction has ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO firm_idempotencykey (user_id, route, key, body_hash, headers, body, created_at)"
            " VALUES (%s, %s, %s, %s, '{}', '', now()) ON CONFLICT DO NOTHING RETURNING id",
            [user_id, route, key, body_hash],
        )
        row = cursor.fetchone()
    return row[0] if row else None


def kept(*, user_id, route: str, key: str) -> IdempotencyKey | None:
    return IdempotencyKey.objects.filter(user_id=user_id, route=route, key=key).first()
