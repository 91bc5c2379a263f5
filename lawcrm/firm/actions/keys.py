"""The life of keys: a new key-encryption key, a new data key with everything sealed anew, an old one retired.

All of it goes on beside people at work: what is sealed under an older key opens until that key is taken away.
"""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from lawcrm.firm import clock, keyring
from lawcrm.firm.actions.audit import record
from lawcrm.firm.inventory import sealed_fields, sealed_under
from lawcrm.firm.models import AuditSeal, DataKey
from lawcrm.firm.sealed import BlindIndexField, SealBroken, key_number, seal_bytes, unseal_bytes

BATCH = 500


class KeyInUse(Exception):
    """Something is still sealed under the key."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ciphertext: sealed values are bound to the model's label, the field's name and the row's key."""

    model: type[models.Model]
    field: models.Field

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field.name}"

    def bound(self, under) -> dict:
        row_id = ":".join(str(value) for value in under)
        return {"model": self.model._meta.label_lower, "field": self.field.name, "row_id": row_id}

    def statement(self, text: str) -> sql.Composed:
        """SQL with the names of this column: {table}, {key} (what rows are ordered by), {name}, {under}."""
        meta, name = self.model._meta, sql.Identifier(self.field.column)
        parts = {
            "table": sql.Identifier(meta.db_table),
            "key": sql.Identifier(meta.pk.column),
            "name": name,
            "under": sql.SQL(", ").join(map(sql.Identifier, sealed_under(self.model))),
            "sealed": sql.SQL("{0} IS NOT NULL AND length({0}) > 0").format(name),
            "number": sql.SQL("substring({0} from 2 for 4)").format(name),
        }
        return sql.SQL(text).format(**parts)


class IndexInUse(Exception):
    """Work that is under way compares prints made with the index key: what to end first, in words."""


class Outside(Protocol):
    """What an app keeps sealed outside the database, such as files waiting to be read."""

    name: str

    def use(self) -> dict[int, int]:
        """{number of a data key: how many things are sealed under it}."""

    def reseal(self, number: int) -> int:
        """Seals anew what stands under other keys than this; returns how many things."""

    def broken(self) -> Iterator[str]:
        """What does not open, by name."""


_outside: list[Outside] = []


def register_outside(store: Outside) -> None:
    _outside.append(store)


_in_the_way: list[Callable[[], str]] = []


def register_in_the_way(told: Callable[[], str]) -> None:
    """`told()` says what must end before the index key may change, or nothing."""
    _in_the_way.append(told)


def columns() -> list[Column]:
    return [Column(model, field) for model, field in sealed_fields()]


# -- the key-encryption key -------------------------------------------------------------------------
def rewrap(new_file: Path | None = None) -> str:
    """Wraps every data key anew, under the key of `new_file` or a fresh one; returns its fingerprint.

    The new key lies beside the old one before anything names it, and the old one stays beside it afterwards (older
    backups need it): at no moment does a process look in vain, and a crash at any point leaves a state that opens.
    """
    path = keyring.key_path()
    successor = new_file or path.with_name(f"{path.name}.next")
    if new_file is None and not successor.exists():
        keyring.make_key_file(successor)
    new = keyring.read_key(successor)
    with transaction.atomic():
        for row in DataKey.objects.select_for_update().filter(retired_at__isnull=True):
            row.wrapped = keyring.wrap(keyring.unwrap(row), row.purpose, row.number, new)
            row.kek_fingerprint = keyring.fingerprint(new)
            row.save(update_fields=["wrapped", "kek_fingerprint"])
        record(by=None, verb="keys.rotated", label=f"key-encryption key {keyring.fingerprint(new)[:8]}")
    if new_file is None:
        finish_rewrap()
    return keyring.fingerprint(new)


def finish_rewrap() -> None:
    """Puts the new key in the old one's place and the old one beside it. Harmless to call again."""
    path = keyring.key_path()
    successor = path.with_name(f"{path.name}.next")
    in_use = DataKey.objects.filter(retired_at__isnull=True)
    wanted = set(in_use.values_list("kek_fingerprint", flat=True))
    if successor.exists() and wanted == {keyring.fingerprint(keyring.read_key(successor))}:
        old = keyring.fingerprint(keyring.read_key(path))
        kept = path.with_name(f"{path.name}.{old[:8]}")
        if not kept.exists():
            kept.hardlink_to(path)
        successor.replace(path)
    keyring.forget_keys()


# -- data keys --------------------------------------------------------------------------------------
@transaction.atomic
def new_data_key() -> int:
    """A new key that everything is sealed under from now on; other processes follow within seconds."""
    newest = (
        DataKey.objects.select_for_update().filter(purpose=DataKey.Purpose.SEAL).order_by("-number").first()
    )
    number = newest.number + 1 if newest else 1
    keyring.make_data_key(DataKey.Purpose.SEAL, number)
    record(by=None, verb="keys.rotated", label=f"data key {number}")
    transaction.on_commit(keyring.forget_keys)
    return number


def reseal(tell: Callable[[str, int], None] = lambda name, count: None) -> int:
    """Seals anew what stands under older keys, a batch per transaction; returns how many values.

    Where it stopped is read from the values themselves: it may be killed and called again.
    """
    keyring.forget_keys()
    number = keyring.sealing_key_number()
    done = 0
    for column in columns():
        while count := _reseal_batch(column, number):
            done += count
            tell(column.name, count)
    for store in _outside:
        if count := store.reseal(number):
            done += count
            tell(store.name, count)
    return done


@transaction.atomic
def _reseal_batch(column: Column, number: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            column.statement(
                "SELECT {key}, {name}, {under} FROM {table} WHERE {sealed} AND {number} <> %s"
                " ORDER BY {key} LIMIT %s FOR UPDATE"
            ),
            [number.to_bytes(4, "big"), BATCH],
        )
        rows = cursor.fetchall()
        anew = [
            (seal_bytes(unseal_bytes(old, **column.bound(under)), **column.bound(under)), pk)
            for pk, old, *under in rows
        ]
        if anew:
            cursor.executemany(column.statement("UPDATE {table} SET {name} = %s WHERE {key} = %s"), anew)
    return len(rows)


def use_of_keys() -> dict[int, int]:
    """{number of a data key: how many values are sealed under it}."""
    uses: dict[int, int] = {}
    for column in columns():
        with connection.cursor() as cursor:
            cursor.execute(
                column.statement("SELECT {number}, count(*) FROM {table} WHERE {sealed} GROUP BY 1")
            )
            for number, count in cursor.fetchall():
                number = int.from_bytes(bytes(number), "big")
                uses[number] = uses.get(number, 0) + count
    for store in _outside:
        for number, count in store.use().items():
            uses[number] = uses.get(number, 0) + count
    return uses


@transaction.atomic
def retire(number: int) -> None:
    """Takes a data key out of use for good. Raises KeyInUse while any value needs it, or where it is the newest."""
    row = DataKey.objects.select_for_update().get(purpose=DataKey.Purpose.SEAL, number=number)
    if number == keyring.newest_number(DataKey.Purpose.SEAL):
        raise KeyInUse(f"data key {number} is the one that seals now")
    if count := use_of_keys().get(number):
        raise KeyInUse(f"{count} values are sealed under data key {number}: run keys rotate --resume first")
    row.retired_at = clock.now()
    row.wrapped = secrets.token_bytes(len(row.wrapped))
    row.save(update_fields=["retired_at", "wrapped"])
    record(by=None, verb="keys.retired", label=f"data key {number}")
    transaction.on_commit(keyring.forget_keys)


def rotate_index() -> int:
    """A new index key and every blind index anew, in one transaction; nobody else may be at work meanwhile.

    Raises IndexInUse where something waits that holds prints of its own: they would fit nothing any more.
    """
    with transaction.atomic():
        if waiting := [words for told in _in_the_way if (words := told())]:
            raise IndexInUse("; ".join(waiting))
        newest = keyring.newest_number(DataKey.Purpose.INDEX)
        keyring.make_data_key(DataKey.Purpose.INDEX, newest + 1)
        keyring.forget_keys()
        done = sum(_reindex(model, field) for model, field in _indexes())
        record(by=None, verb="keys.rotated", label=f"index key {newest + 1}")
    return done


def _indexes() -> Iterator[tuple]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, BlindIndexField):
                yield model, field


def _reindex(model, field) -> int:
    statement = Column(model, field).statement("UPDATE {table} SET {name} = %s WHERE {key} = %s")
    done = 0
    rows = model._base_manager.filter(**{f"{field.source}__isnull": False}).only(field.source)
    for row in rows.iterator(chunk_size=BATCH):
        with connection.cursor() as cursor:
            cursor.execute(statement, [field.index_of(getattr(row, field.source)), row.pk])
        done += 1
    return done


# -- trying everything ------------------------------------------------------------------------------
def broken_values() -> Iterator[str]:
    """Every sealed value that does not open and every blind index that does not fit, named without its content."""
    for column in columns():
        with connection.cursor() as cursor:
            cursor.execute(column.statement("SELECT {name}, {under} FROM {table} WHERE {sealed}"))
            while rows := cursor.fetchmany(BATCH):
                for value, *under in rows:
                    try:
                        unseal_bytes(value, **column.bound(under))
                    except SealBroken:
                        yield f"{column.name} of {':'.join(map(str, under))} (data key {key_number(value)})"
    for store in _outside:
        yield from store.broken()
    yield from _unfitting_indexes()
    for number in set(AuditSeal.objects.values_list("key_number", flat=True)):
        keyring.audit_key(number)


def _unfitting_indexes() -> Iterator[str]:
    for model, field in _indexes():
        rows = model._base_manager.only(field.source, field.name)
        for row in rows.iterator(chunk_size=BATCH):
            try:
                fits = (getattr(row, field.name) or None) == field.index_of(getattr(row, field.source))
            except SealBroken:
                continue
            if not fits:
                yield f"{model._meta.label_lower}.{field.name} of {row.pk}"
