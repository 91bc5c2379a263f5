"""Queries written into SQL once and asked again with other keys.

Django takes longer to write a union of six querysets than Postgres to answer it, and a page of a client asks a dozen
questions. For the statements of the most opened page the text is kept by its shape; only keys change from one asking
to the next (docs/decisions, "Statements kept in writing").
"""

from collections.abc import Callable, Hashable
from datetime import date
from functools import cache
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from lawcrm.firm.models.wall import has_walls


class Written:
    """One query, kept in writing for each of its shapes.

    `shape` must tell apart whatever changes the text or its constants (scope, zone, limit); `keys` are the UUIDs that
    change from asking to asking. A query whose constants hold a day or an hour is never kept: tomorrow it would ask
    for yesterday. Nor is one for somebody who stands before a wall: their walls are in it.
    """

    MOST = 200  # shapes; beyond that nothing more is kept

    def __init__(self, *columns: str):
        """`columns` are what `instances` asks for: fields of the row and of rows beside it ("person__name")."""
        self.columns = columns
        self._kept: dict[Hashable, tuple[str, list]] = {}

    def ask(self, user, shape: Hashable, keys: dict[str, UUID], build: Callable[[], QuerySet]) -> list[tuple]:
        """The rows of `build()`, a queryset of values_list, as the database gives them (JSON as text)."""
        walled = has_walls(user)
        sql, params = (None if walled else self._kept.get(shape)) or self._write(
            build(), keys, None if walled else shape
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [keys[value] if isinstance(value, _Key) else value for value in params])
            return cursor.fetchall()

    def instances(self, model: type[Model], user, shape, keys, build: Callable[[], QuerySet]) -> list[Model]:
        """The rows of `build()`, a queryset of the model, with `columns` filled in and all else deferred."""
        found = self.ask(user, shape, keys, lambda: build().values_list(*self.columns))
        return [_instance(model, dict(zip(self.columns, values, strict=True))) for values in found]

    def _write(self, query: QuerySet, keys, shape: Hashable | None) -> tuple[str, list]:
        sql, params = query.query.sql_with_params()
        written = sql, [_Key(name) if (name := _name_of(value, keys)) else value for value in params]
        if shape and len(self._kept) < self.MOST and not any(isinstance(value, date) for value in params):
            self._kept[shape] = written
        return written


class _Key(str):
    """The name of a key, where its value goes."""


def _name_of(value, keys: dict[str, UUID]) -> str:
    return next((name for name, key in keys.items() if value == key), "") if isinstance(value, UUID) else ""


def _instance(model: type[Model], values: dict) -> Model:
    """A row of the model, and of each relation named in a column, as `only()` would give them."""
    row = _of_columns(model, {name: value for name, value in values.items() if "__" not in name})
    beside: dict[str, dict] = {}
    for name, value in values.items():
        relation, _separator, column = name.partition("__")
        if column:
            beside.setdefault(relation, {})[column] = value
    for relation, its_values in beside.items():
        field = model._meta.get_field(relation)
        if field.auto_created:  # the other side of a one-to-one, whose own id is among the columns
            other = _of_columns(field.related_model, its_values) if its_values["id"] else None
            row._state.fields_cache[relation] = other
        else:
            setattr(
                row, relation, _of_columns(field.related_model, its_values | {"id": values[field.attname]})
            )
    return row


def _of_columns(model: type[Model], values: dict) -> Model:
    fields = [field for field in model._meta.concrete_fields if field.attname in values]
    read = [_read(field, values[field.attname]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], read)


def _read(field, value):
    """As the field reads what the database gives: JSON, arrays."""
    for convert in _converters(field):
        value = convert(value, None, connection)
    return value


@cache
def _converters(field) -> tuple:
    return tuple(field.get_db_converters(connection))
