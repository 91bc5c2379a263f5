"""Sealed fields: AES-256-GCM under envelope keys, bound to their row, searchable only by equality.

Ciphertext = version (1 byte) | data key number (4 bytes) | nonce (12 bytes) | AES-GCM output. The associated data
are version, logical model name, field name and row id, so that a value moved to another row or column does not
open. Failure to open raises; ciphertext is never handed out as if it were the value.
"""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from lawcrm.firm.keyring import index_key, sealing_key, sealing_key_number

VERSION = 1
MASK = "•••"


class SealBroken(Exception):
    """A sealed value does not open: wrong key, wrong row, or changed bytes."""


def seal(text: str, *, model: str, field: str, row_id) -> bytes:
    """The ciphertext of `text`, bound to one field of one row."""
    return seal_bytes(text.encode(), model=model, field=field, row_id=row_id)


def seal_bytes(data: bytes, *, model: str, field: str, row_id) -> bytes:
    """The same for bytes: files, JSON."""
    if row_id is None:
        raise ValueError("a sealed field needs the row's id before it is saved")
    number = sealing_key_number()
    nonce = secrets.token_bytes(12)
    body = AESGCM(sealing_key(number)).encrypt(nonce, data, _bound_to(model, field, row_id))
    return bytes([VERSION]) + number.to_bytes(4, "big") + nonce + body


def unseal(blob: bytes, *, model: str, field: str, row_id) -> str:
    """The text behind `blob`. Raises SealBroken when it was not sealed for this field of this row."""
    return unseal_bytes(blob, model=model, field=field, row_id=row_id).decode()


def unseal_bytes(blob: bytes, *, model: str, field: str, row_id) -> bytes:
    """The same for bytes."""
    blob = bytes(blob)
    if len(blob) < 33 or blob[0] != VERSION:
        raise SealBroken(f"{model}.{field}: not a sealed value")
    try:
        key = sealing_key(int.from_bytes(blob[1:5], "big"))
        return AESGCM(key).decrypt(blob[5:17], blob[17:], _bound_to(model, field, row_id))
    except (InvalidTag, KeyError):
        raise SealBroken(f"{model}.{field} of {row_id} does not open") from None


def key_number(blob: bytes) -> int:
    """Which data key sealed this value."""
    return int.from_bytes(bytes(blob)[1:5], "big")


def blind_index(model: str, field: str, value: str) -> bytes | None:
    """A keyed fingerprint of an already normalised value, for exact search; None for nothing."""
    if not value:
        return None
    return hmac.digest(index_key(), f"{model}\0{field}\0{value}".encode(), "sha256")


def _bound_to(model: str, field: str, row_id) -> bytes:
    return "\0".join((str(VERSION), model, field, str(row_id))).encode()


class _Unsealed(DeferredAttribute):
    """The attribute of a sealed field: opens its bytes with the row in hand, once, when asked."""

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            super().__get__(instance, owner)  # left out of the query: fetched now, not taken for empty
        value = instance.__dict__[self.field.attname]
        if isinstance(value, bytes | memoryview):
            value = self.field.open(value, instance)
            instance.__dict__[self.field.attname] = value
        return value or ""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text at hand, ciphertext at rest. Empty text is stored as NULL, so that presence can be asked in SQL."""

    descriptor_class = _Unsealed

    def __init__(self, *args, **kwargs):
        kwargs.update(null=True, blank=True, editable=kwargs.get("editable", True), default=None)
        super().__init__(*args, **kwargs)

    def open(self, blob, instance) -> str:
        return unseal(blob, model=self.model._meta.label_lower, field=self.name, row_id=instance.pk)

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if isinstance(value, bytes | memoryview):
            # Loaded and never opened. Opened now all the same: a row saved under another key (a copy, a changed id)
            # would keep what nobody can open any more.
            self.open(value, instance)
            return bytes(value)
        if not value:
            return None
        return seal(value, model=self.model._meta.label_lower, field=self.name, row_id=instance.pk)

    def get_db_prep_value(self, value, connection, prepared=False):
        if isinstance(value, str):
            raise FieldError(f"{self.name} is sealed: write it through save() or bulk_create()")
        return super().get_db_prep_value(value, connection, prepared)

    def value_to_string(self, obj):
        raise FieldError(f"{self.name} is sealed and is not serialised")


class BlindIndexField(models.BinaryField):
    """Follows a sealed field: the keyed fingerprint of its normalised value, filled at save."""

    def __init__(self, *args, source="", normalise=None, **kwargs):
        self.source, self.normalise = source, normalise
        kwargs.update(null=True, editable=False, default=None, max_length=32)
        super().__init__(*args, **kwargs)

    def index_of(self, value: str) -> bytes | None:
        value = self.normalise(value) if value and self.normalise else value
        return blind_index(self.model._meta.label_lower, self.source, value)

    def pre_save(self, instance, add):
        if not self.source:  # a model as a migration sees it
            return getattr(instance, self.attname)
        index = self.index_of(getattr(instance, self.source))
        setattr(instance, self.attname, index)
        return index


class SealedGuard:
    """For querysets: refuses the writes that would leave a sealed field unsealed, unbound or out of step.

    update() and bulk_update() know no row to bind to; an upsert keeps the id of the row that was there.
    """

    def update(self, **values):
        self._refuse(values, "update()")
        return super().update(**values)

    def bulk_update(self, objs, fields, batch_size=None):
        self._refuse(fields, "bulk_update()")
        return super().bulk_update(objs, fields, batch_size=batch_size)

    def bulk_create(self, objs, *args, update_fields=None, **kwargs):
        self._refuse(update_fields or (), "an upsert")
        return super().bulk_create(objs, *args, update_fields=update_fields, **kwargs)

    def _refuse(self, names, how):
        for name in names:
            if name != "pk" and isinstance(
                self.model._meta.get_field(name), SealedTextField | BlindIndexField
            ):
                raise FieldError(f"{name} is sealed: {how} cannot write it")


def with_indexes(model, update_fields):
    """`update_fields` of a save, and the blind indexes and search words that follow what is written."""
    if update_fields is None:
        return None
    names = set(update_fields)
    followers = {
        field.name
        for field in model._meta.concrete_fields
        if (isinstance(field, BlindIndexField) and field.source in names)
        or names & getattr(field, "follows", frozenset())
    }
    return names | followers
