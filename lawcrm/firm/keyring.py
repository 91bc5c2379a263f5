"""The keys in use: data keys unwrapped by the key-encryption key, kept in memory for the life of the process.

The key-encryption key stands in the file LAWCRM_KEY_FILE, never in the database or the environment. Beside it, under
names that begin with its own, may lie its predecessor and, while a new one is brought in, its successor: each wrapped key
names its wrapper by fingerprint, so that both open while processes change over.
"""

import hashlib
import os
import secrets
import time
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError

from lawcrm.firm.models.sealing import DataKey

FRESH_SECONDS = 15  # how long a process may go on sealing with a key that has a successor


class WrongKey(ImproperlyConfigured):
    """The key file is missing, is no key, or is not the one the data keys were wrapped with."""


def make_key_file(path: Path) -> None:
    """Writes a new key-encryption key, readable by its owner alone. Refuses to overwrite one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "x", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(secrets.token_bytes(32).hex())
        file.flush()
        os.fsync(file.fileno())


def key_path() -> Path:
    return Path(settings.LAWCRM_KEY_FILE)


def read_key(path: Path) -> bytes:
    """The key in a file. Raises WrongKey."""
    try:
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        raise WrongKey(f"no key-encryption key at {path}: run manage.py keys init") from None
    if len(key) != 32:
        raise WrongKey(f"the key at {path} is not 256 bits long")
    return key


def kek() -> bytes:
    """The key-encryption key that wraps new data keys. Raises WrongKey."""
    return read_key(key_path())


def kek_named(name: str) -> bytes:
    """The key-encryption key of this fingerprint, from the key file or one beside it. Raises WrongKey."""
    path = key_path()
    for candidate in (path, *sorted(path.parent.glob(f"{path.name}.*"))):
        try:
            key = read_key(candidate)
        except WrongKey:
            continue
        if fingerprint(key) == name:
            return key
    raise WrongKey(f"the key at {path} is not the one this database was sealed under (wanted {name[:8]})")


def fingerprint(key: bytes) -> str:
    """Names a key without telling it."""
    return hashlib.sha256(b"lawcrm key fingerprint\0" + key).hexdigest()[:32]


def make_data_key(purpose: str, number: int) -> DataKey:
    """A fresh data key, wrapped."""
    key = kek()
    return DataKey.objects.create(
        purpose=purpose,
        number=number,
        wrapped=wrap(secrets.token_bytes(32), purpose, number, key),
        kek_fingerprint=fingerprint(key),
    )


def wrap(key: bytes, purpose: str, number: int, wrapper: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(wrapper).encrypt(nonce, key, f"{purpose}\0{number}".encode())


def unwrap(row: DataKey) -> bytes:
    """The data key itself. Raises WrongKey under another key-encryption key."""
    wrapped = bytes(row.wrapped)
    try:
        named = f"{row.purpose}\0{row.number}".encode()
        return AESGCM(kek_named(row.kek_fingerprint)).decrypt(wrapped[:12], wrapped[12:], named)
    except InvalidTag:
        raise WrongKey(f"data key {row} does not open under its own key-encryption key") from None


def ensure_data_keys(*, make_kek: bool) -> None:
    """Makes the first key of each purpose where there is none; a key file too, if `make_kek` says so.

    Never called from inside a request: a key made in a transaction that rolls back would be lost with it. Never makes
    a key file beside data keys that want another one: what is sealed would seem lost and the mistake be hidden.
    """
    have = DataKey.objects.exists()
    if not key_path().exists():
        if not make_kek or have:
            return
        make_key_file(key_path())
    for purpose in DataKey.Purpose.values:
        if not DataKey.objects.filter(purpose=purpose).exists():
            make_data_key(purpose, 1)
    forget_keys()


def check_keys() -> None:
    """Opens every data key in use. Raises WrongKey where one does not open: the canary of every start."""
    for row in DataKey.objects.filter(retired_at__isnull=True):
        unwrap(row)


def forget_keys() -> None:
    """Drops the keys held in memory, after a rotation."""
    _data_key.cache_clear()
    _newest.clear()


def sealing_key_number() -> int:
    return newest_number(DataKey.Purpose.SEAL)


def sealing_key(number: int) -> bytes:
    return _data_key(DataKey.Purpose.SEAL, number)


def index_key() -> bytes:
    return _data_key(DataKey.Purpose.INDEX, newest_number(DataKey.Purpose.INDEX))


def audit_key(number: int) -> bytes:
    return _data_key(DataKey.Purpose.AUDIT, number)


_newest: dict[str, tuple[int, float]] = {}
_at_hand: ContextVar[bool] = ContextVar("keys at hand", default=False)


@contextmanager
def keys_at_hand():
    """Inside, sealing and indexing ask the database nothing: for the seconds in which it only listens (COPY)."""
    sealing_key(sealing_key_number()), index_key()
    token = _at_hand.set(True)
    try:
        yield
    finally:
        _at_hand.reset(token)


def newest_number(purpose: str) -> int:
    """The key of a purpose that seals now. Asked again after a while: another process may have brought a new one."""
    number, until = _newest.get(purpose, (0, 0.0))
    if time.monotonic() >= until and not (number and _at_hand.get()):
        number = _read_newest(purpose)
        _newest[purpose] = number, time.monotonic() + FRESH_SECONDS
    return number


def _read_newest(purpose: str) -> int:
    newest = DataKey.objects.filter(purpose=purpose, retired_at__isnull=True).order_by("-number").first()
    if newest is None:
        raise WrongKey("no data keys yet: run manage.py keys init")
    return newest.number


@cache
def _data_key(purpose: str, number: int) -> bytes:
    row = DataKey.objects.filter(purpose=purpose, number=number).first()
    if row is None:
        raise KeyError(number)
    return unwrap(row)


def refuse_wrong_key() -> None:
    """For the start of web and workers: raises WrongKey. A database that does not answer yet is not the key's fault."""
    with suppress(OperationalError, ProgrammingError):
        check_keys()
