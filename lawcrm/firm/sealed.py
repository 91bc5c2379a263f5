"""Sealed fields: AES-256-GCM under envelope keys, bound to their row, searchable only by equality.

Ciphertext = version (1 byte) | data key number (4 bytes) | nonce (12 bytes) | AES-GCM output. The associated data
are version, logical model name, field name and row id, so that a value moved to another row or column does not
open. Failure to open raises; ciphertext is never handed out as if it were the value.
"""

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import FieldError
from django.db import models

from lawcrm.firm.keyring import index_key, sealing_key, sealing_key_number

VERSION = 1
MASK = "•••"


class SealBroken(Exception):
    """A sealed value does not open: wrong key, wrong row, or changed bytes."""


def seal(text: str, *, model: str, field: str, row_id) -> bytes:
    """The ciphertext of `text`, bound to one field of one row."""
    if row_id is None:
        raise ValueError("a sealed field needs the row's id before it is saved")
    number = sealing_key_number()
    nonce = secrets.token_bytes(12)
    body = AESGCM(sealing_key(number)).encrypt(nonce, text.encode(), _bound_to(model, field, row_id))
    return bytes([VERSION]) + number.to_bytes(4, "big") + nonce + body


def unseal(blob: bytes, *, model: str, field: str, row_id) -> str:
    """The text behind `blob`. Raises SealBroken when it was not sealed for this field of this row."""
    blob = bytes(blob)
    if len(blob) < 17 or blob[0] != VERSION:
        raise SealBroken(f"{model}.{field}: not a sealed value")
    try:
        key = sealing_key(int.from_bytes(blob[1:5], "big"))
        return AESGCM(key).decrypt(blob[5:17], blob[17:], _bound_to(model, field, row_id)).decode()
    except (InvalidTag, KeyError):
        raise SealBroken(f"{model}.{field} of {row_id} does not open") from None


def key_number(blob: bytes) -> int:
    """Which data key sealed this value."""
    return int.from_bytes(bytes(blob)[1:5], "big")


def blind_index(model: str, field: str, value: str) -> bytes | None:
    """A keyed fingerprint of an already normalised value, for exact search; None for nothing."""
    if not value:
        return None
    return hmac.new(index_key(), f"{model}\0{field}\0{value}".encode(), hashlib.sha256).digest()


def _bound_to(model: str, field: str, row_id) -> bytes:
    return "\0".join((str(VERSION), model, field, str(row_id))).encode()


class _Unsealed:
    """The attribute of a sealed field: opens its bytes with the row in hand, once, when asked."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if isinstance(value, bytes | memoryview):
            value = unseal(
                value, model=self.field.model._meta.label_lower, field=self.field.name, row_id=instance.pk
            )
            instance.__dict__[self.field.attname] = value
        return value or ""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text at hand, ciphertext at rest. Empty text is stored as NULL, so that presence can be asked in SQL."""

    def __init__(self, *args, **kwargs):
        kwargs.update(null=True, blank=True, editable=kwargs.get("editable", True), default=None)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, name, _Unsealed(self))

    def pre_save(self, instance, add):
        value = instance.__dict__.get(self.attname)
        if isinstance(value, bytes | memoryview):
            return bytes(value)  # loaded and never opened: still sealed for this very row
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

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def pre_save(self, instance, add):
        value = getattr(instance, self.source)
        value = self.normalise(value) if value and self.normalise else value
        index = blind_index(self.model._meta.label_lower, self.source, value)
        setattr(instance, self.attname, index)
        return index
