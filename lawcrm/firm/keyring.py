"""The keys in use: data keys unwrapped by the key-encryption key, kept in memory for the life of the process."""

import hashlib
import os
import secrets
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from lawcrm.firm.models.sealing import DataKey


def make_key_file(path: Path) -> None:
    """Writes a new key-encryption key, readable by its owner alone. Refuses to overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(secrets.token_bytes(32).hex())


def kek() -> bytes:
    """The key-encryption key. Raises ImproperlyConfigured when its file is missing or no key."""
    path = Path(settings.LAWCRM_KEY_FILE)
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        raise ImproperlyConfigured(f"no key-encryption key at {path}: run manage.py keys init") from None
    if len(key) != 32:
        raise ImproperlyConfigured(f"the key at {path} is not 256 bits long")
    return key


def fingerprint(key: bytes) -> str:
    """Names a key without telling it."""
    return hashlib.sha256(b"lawcrm key fingerprint\0" + key).hexdigest()[:32]


def make_data_key(purpose: str, number: int) -> DataKey:
    """A fresh data key, wrapped."""
    return DataKey.objects.create(
        purpose=purpose,
        number=number,
        wrapped=wrap(secrets.token_bytes(32), purpose, number),
        kek_fingerprint=fingerprint(kek()),
    )


def wrap(key: bytes, purpose: str, number: int) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(kek()).encrypt(nonce, key, f"{purpose}\0{number}".encode())


def unwrap(row: DataKey) -> bytes:
    """The data key itself. Raises cryptography's InvalidTag under another key-encryption key."""
    wrapped = bytes(row.wrapped)
    return AESGCM(kek()).decrypt(wrapped[:12], wrapped[12:], f"{row.purpose}\0{row.number}".encode())


def ensure_data_keys(*, make_kek: bool) -> None:
    """Makes the first key of each purpose where there is none; a key file too, if `make_kek` says so.

    Never called from inside a request: a key made in a transaction that rolls back would be lost with it.
    """
    path = Path(settings.LAWCRM_KEY_FILE)
    if not path.exists():
        if not make_kek:
            return
        make_key_file(path)
    for purpose in DataKey.Purpose.values:
        if not DataKey.objects.filter(purpose=purpose).exists():
            make_data_key(purpose, 1)
    forget_keys()


def forget_keys() -> None:
    """Drops the keys held in memory, after a rotation."""
    for cached in (_data_key, _newest_number):
        cached.cache_clear()


def sealing_key_number() -> int:
    return _newest_number(DataKey.Purpose.SEAL)


def sealing_key(number: int) -> bytes:
    return _data_key(DataKey.Purpose.SEAL, number)


def index_key() -> bytes:
    return _data_key(DataKey.Purpose.INDEX, _newest_number(DataKey.Purpose.INDEX))


@cache
def _newest_number(purpose: str) -> int:
    newest = DataKey.objects.filter(purpose=purpose, retired_at__isnull=True).order_by("-number").first()
    if newest:
        return newest.number
    raise ImproperlyConfigured("no data keys yet: run manage.py keys init")


@cache
def _data_key(purpose: str, number: int) -> bytes:
    row = DataKey.objects.filter(purpose=purpose, number=number).first()
    if row is None:
        raise KeyError(number)
    return unwrap(row)
