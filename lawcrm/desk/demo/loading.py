"""Rows in great numbers: COPY into tables whose indexes and constraints are put aside and made again afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

_MEMORY = "512MB"

_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE contype = 'f' AND (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[]))"""
_UNIQUE = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
     WHERE contype IN ('p', 'u') AND conrelid = ANY(%s::regclass[]) ORDER BY contype"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
     WHERE indrelid = ANY(%s::regclass[])
       AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))"""


class Table:
    """Rows waiting to be copied into one table. What a row does not say takes the model's default."""

    def __init__(self, model: type[models.Model]):
        self.name = model._meta.db_table
        fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
        self.defaults = {one.column: _default(one) for one in fields}
        self.rows: list[Iterable[Any]] = []

    def add(self, **values: Any) -> None:
        self.rows.append({**self.defaults, **values}.values())

    def flush(self) -> None:
        columns = ", ".join(f'"{column}"' for column in self.defaults)
        with connection.cursor() as cursor, cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows.clear()


def _default(field: models.Field) -> Any:
    """As COPY reads it; a key, or a field that always has a value of its own, has none."""
    if field.primary_key or not field.has_default():
        return "" if field.empty_strings_allowed and not field.null else None
    value = field.get_default()
    return {"[]": "{}", "{}": "{}"}.get(repr(value), value)


@contextmanager
def bare_tables(tables: Iterable[type[models.Model]]) -> Iterator[None]:
    """Within it the tables have neither indexes, keys nor user triggers; afterwards they have all of them again."""
    names = [model._meta.db_table for model in tables]
    keys, unique, indexes = _rows(_FOREIGN_KEYS, names, names), _rows(_UNIQUE, names), _rows(_INDEXES, names)
    _run(["SET CONSTRAINTS ALL IMMEDIATE"])
    _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _definition in [*keys, *unique])
    _run(f"DROP INDEX {name}" for name, _definition in indexes)
    _run(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in names)
    yield
    _run([f"SET maintenance_work_mem = '{_MEMORY}'"])
    _run(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in names)
    _run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in unique)
    _run(definition for _name, definition in indexes)
    _run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in keys)


def _rows(question: str, *params: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, params)
        return cursor.fetchall()


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
