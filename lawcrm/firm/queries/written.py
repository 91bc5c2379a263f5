"""Queries written into SQL once and asked again with other keys.

Django takes longer to write a union of six querysets than Postgres to answer it. For the few statements of the most
opened page, the text is kept by its shape, and only keys change from one asking to the next.
"""

from collections.abc import Callable, Hashable
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet


class Written:
    """One query, kept in writing for each of its shapes.

    `ask(shape, keys, build)` gives the rows of `build()`. `shape` must tell apart whatever changes the text or its
    constants (scope, zone, language); `keys` are the UUIDs that change from asking to asking. A query whose constants
    hold a day or an hour is never kept: tomorrow it would ask for yesterday.
    """

    MOST = 200  # shapes; beyond that nothing more is kept

    def __init__(self):
        self._kept: dict[Hashable, tuple[str, list]] = {}

    def ask(self, shape: Hashable, keys: dict[str, UUID], build: Callable[[], QuerySet]) -> list[tuple]:
        """The rows as the database gives them: JSON as text."""
        kept = self._kept.get(shape)
        if kept is None:
            sql, params = build().query.sql_with_params()
            kept = sql, [_Key(name) if (name := _name_of(value, keys)) else value for value in params]
            if len(self._kept) < self.MOST and not any(isinstance(value, date) for value in params):
                self._kept[shape] = kept
        sql, params = kept
        with connection.cursor() as cursor:
            cursor.execute(sql, [keys[value] if isinstance(value, _Key) else value for value in params])
            return cursor.fetchall()


class _Key(str):
    """The name of a key, where its value goes."""


def _name_of(value, keys: dict[str, UUID]) -> str:
    return next((name for name, key in keys.items() if value == key), "") if isinstance(value, UUID) else ""
