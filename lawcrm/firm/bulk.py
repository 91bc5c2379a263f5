"""Many rows at once: COPY into a table, and over existing rows. For actions that write thousands.

Both go through each field's own `pre_save`, so that sealed fields are sealed and blind indexes follow. Anything with the
model's attributes will do as an instance: making a model's instance takes longer than all the rest.
"""

import json
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import islice
from operator import attrgetter

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connections, models, router

from lawcrm.firm.keyring import keys_at_hand

_BATCH = 2_000


def copy_in(model, instances: Iterable, *, as_made: bool = False) -> None:
    """Inserts instances that have their primary keys. Signals are not sent; constraints are the database's.

    `as_made`: each instance is made and prepared while the database takes in those before it, a quarter of the time
    less; nothing in their making may ask the database then (it is refused).
    """
    fields = model._meta.local_concrete_fields
    if model._meta.auto_field:
        fields = [field for field in fields if field is not model._meta.auto_field]
    with _cursor(model) as cursor:
        _copy(cursor, model._meta.db_table, fields, instances, add=True, as_made=as_made)


def copy_over(model, instances: Sequence, names: Iterable[str]) -> None:
    """Writes the named fields of existing rows in one statement: COPY into a table of the transaction, then UPDATE."""
    if not instances:
        return
    meta = model._meta
    fields = [meta.pk, *(meta.get_field(name) for name in names)]
    table, scratch = _quoted(model, meta.db_table), _quoted(model, f"{meta.db_table}_incoming")
    columns = [_quoted(model, field.column) for field in fields]
    settings = ", ".join(f"{column} = incoming.{column}" for column in columns[1:])
    # nothing but quoted names of our own tables and columns goes into these texts
    make = f"CREATE TEMP TABLE {scratch} AS SELECT {', '.join(columns)} FROM {table} WITH NO DATA"  # noqa: S608
    update = f"UPDATE {table} AS kept SET {settings} FROM {scratch} AS incoming WHERE kept.{columns[0]} = incoming.{columns[0]}"  # noqa: S608
    with _cursor(model) as cursor:
        cursor.execute(make)
        _copy(cursor, f"{meta.db_table}_incoming", fields, instances, add=False)
        cursor.execute(update)
        cursor.execute(f"DROP TABLE {scratch}")


def count_anew(model) -> None:
    """Has the planner look at a table that has just grown by very much: what is asked next cannot wait for its own hour."""
    with _cursor(model) as cursor:
        cursor.execute(f"ANALYZE {_quoted(model, model._meta.db_table)}")


def _copy(cursor, table: str, fields, instances, *, add: bool, as_made: bool = False) -> None:
    """Each batch is prepared before its COPY begins: preparing may ask the database, which COPY forbids."""
    connection = cursor.db
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    command = f"COPY {connection.ops.quote_name(table)} ({columns}) FROM STDIN"
    readers = [_reader(field, connection, add) for field in fields]
    rows = ([read(instance) for read in readers] for instance in instances)
    if as_made:
        with keys_at_hand(), connection.execute_wrapper(_refuse), cursor.copy(command) as copy:
            for row in rows:
                copy.write_row(row)
        return
    while batch := list(islice(rows, _BATCH)):
        with cursor.copy(command) as copy:
            for row in batch:
                copy.write_row(row)


def _refuse(_execute, sql, _params, _many, _context):
    """During COPY the database only listens: whoever asks it something would wait for ever."""
    raise RuntimeError(f"asked during COPY: {sql[:80]}")


# Fields whose values psycopg takes as they stand; the rest go through their own preparation.
_PLAIN = (
    models.BinaryField,
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
    models.UUIDField,
    SearchVectorField,
)


def _reader(field, connection, add: bool):
    """A function from instance to the value to write."""
    if isinstance(field, ArrayField) and isinstance(field.base_field, _PLAIN):
        return lambda instance: array_text(getattr(instance, field.attname))
    if type(field) is models.JSONField and field.encoder is None:
        return lambda instance: _json(getattr(instance, field.attname))
    if isinstance(field, _PLAIN):
        if type(field).pre_save is models.Field.pre_save:
            return _choice_reader(field.attname) if field.choices else attrgetter(field.attname)
        return lambda instance: field.pre_save(instance, add)
    return lambda instance: field.get_db_prep_save(field.pre_save(instance, add), connection)


def _choice_reader(name: str):
    """A member of a list of choices is written as its value (psycopg would write its name)."""

    def read(instance):
        value = getattr(instance, name)
        return value.value if isinstance(value, Enum) else value

    return read


def _json(value) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False) if value else _EMPTY[type(value)]


_EMPTY = {dict: "{}", list: "[]", str: '""', int: "0", float: "0", bool: "false"}


def array_text(values) -> str | None:
    """The written form of a one-dimensional array. (psycopg's own takes longer than all other columns together.)"""
    if values is None:
        return None
    return "{" + ",".join(map(_element, values)) + "}" if values else "{}"


def _element(value) -> str:
    if value is None:
        return "NULL"
    text = str(value)
    return text if text.isalnum() and text.isascii() and text.upper() != "NULL" else _quoted_element(text)


def _quoted_element(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _cursor(model):
    return connections[router.db_for_write(model)].cursor()


def _quoted(model, name: str) -> str:
    return connections[router.db_for_write(model)].ops.quote_name(name)
