"""The list of what was erased, outside the database: a restore brings the records back, and this list says which go again.

One line to each record in the private data folder: a keyed hash of its id, no name. The key stands in the first line, so
that neither a rotation of keys nor an older database changes what a hash means. Keep the file apart from the database's
backups, as the key file (docs/privacy.md).
"""

import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from django.conf import settings


def path() -> Path:
    return Path(settings.DATA_DIR) / "erasures.jsonl"


def digest_of(kind: str, pk: UUID) -> bytes:
    """What stands for a record in the list."""
    return digester()(kind, pk)


def digester() -> Callable[[str, UUID], bytes]:
    """`digest_of` for many records: the list's key is read once."""
    key = _key()
    return lambda kind, pk: hmac.digest(key, f"{kind}\0{pk}".encode(), "sha256")


def mark() -> str:
    """Which list this is, told without its key: a hash under another list's key can never be found by this one."""
    return _mark_of(_key())


def mark_if_any() -> str:
    """The same, without beginning a list where there is none."""
    return mark() if path().exists() else ""


def digests() -> set[bytes]:
    """Every record that was erased, as far as the list goes. A line torn by a crash says nothing."""
    if not path().exists():
        return set()
    with open(path()) as file:
        return {bytes.fromhex(line["digest"]) for line in map(_read, file) if "digest" in line}


def append(rows: Iterable[tuple[str, bytes, str]]) -> None:
    """Adds (kind, digest, day) to the list, safe on the disk before this returns."""
    with _opened() as file:
        if _is_torn():
            file.write("\n")
        for kind, digest, day in rows:
            file.write(json.dumps({"kind": kind, "digest": digest.hex(), "on": day}) + "\n")


def _mark_of(key: bytes) -> str:
    return hmac.digest(key, b"which list", "sha256").hex()[:16]


def _read(line: str) -> dict:
    try:
        return json.loads(line)
    except ValueError:
        return {}


def _is_torn() -> bool:
    """Whether a crash left the last line without its end."""
    with open(path(), "rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _key() -> bytes:
    if not path().exists():
        _begin()
    with open(path()) as file:
        return bytes.fromhex(json.loads(file.readline())["key"])


def _begin() -> None:
    with _opened() as file:
        if file.tell() == 0:
            file.write(json.dumps({"key": secrets.token_hex(32)}) + "\n")


@contextmanager
def _opened() -> Iterator:
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path(), "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0, os.SEEK_END)
        yield file
        file.flush()
        os.fsync(file.fileno())
