"""What an import keeps: the uploaded file and the rows read from it, all of it sealed.

A client list holds identity numbers in clear. The file lies under a random name, sealed, and only until it is read;
opening it gives an anonymous file in memory, so that the clear text never has a name on a disk.
"""

import json
import os
import secrets
import tempfile
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lawcrm.firm.sealed import seal_bytes, unseal_bytes

FILE = {"model": "clients.importrun", "field": "file"}


def keep(data: bytes, *, run_id) -> str:
    """Stores an upload; returns the name it is stored under."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(16)
    sealed = seal_bytes(data, row_id=run_id, **FILE)
    with open(folder / name, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as stored:
        stored.write(sealed)
    return name


def open_kept(name: str, *, run_id) -> BinaryIO:
    """The stored file in clear, as an anonymous file."""
    return anonymous(unseal_bytes((_folder() / name).read_bytes(), row_id=run_id, **FILE))


def sealed(name: str) -> bytes:
    """The stored file as it lies there; nothing where it is gone."""
    try:
        return (_folder() / name).read_bytes() if name else b""
    except FileNotFoundError:
        return b""


def seal_again(name: str, *, run_id) -> None:
    """Under the key that seals now; whoever reads meanwhile finds the old file or the new one, whole."""
    path = _folder() / name
    blob = seal_bytes(unseal_bytes(path.read_bytes(), row_id=run_id, **FILE), row_id=run_id, **FILE)
    scratch = path.with_suffix(".new")
    with open(scratch, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    scratch.replace(path)


def anonymous(data: bytes) -> BinaryIO:
    """A real file without a name, in memory where the system can do that: the reader's child inherits it."""
    if hasattr(os, "memfd_create"):
        file = open(os.memfd_create("lawcrm-import", os.MFD_CLOEXEC), "w+b")  # noqa: SIM115 (the caller's to close)
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115
    file.write(data)
    file.flush()
    file.seek(0)
    return file


def forget(name: str) -> None:
    if name:
        (_folder() / name).unlink(missing_ok=True)


def forget_written_before(moment: float) -> int:
    """Removes files that no run will read any more, such as those of a process killed between file and row."""
    stale = [path for path in _folder().glob("*") if path.stat().st_mtime < moment]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "uploads"


def pack(value, *, run_id, number: int, part: str) -> bytes:
    """JSON, sealed for one part (cells, values) of one row of one run."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return seal_bytes(data, model="clients.importrow", field=part, row_id=f"{run_id}:{number}")


def unpack(blob: bytes, *, run_id, number: int, part: str):
    return json.loads(plain(blob, run_id=run_id, number=number, part=part))


def plain(blob: bytes, *, run_id, number: int, part: str) -> str:
    """The JSON as text."""
    data = unseal_bytes(blob, model="clients.importrow", field=part, row_id=f"{run_id}:{number}")
    return data.decode("utf-8", "replace")
