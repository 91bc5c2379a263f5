"""Where the private Postgres and Redis of this checkout answer. Cheap: reads files, starts nothing."""

import json
import os
import secrets
from pathlib import Path


def embedded_addresses(data_dir: Path) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the private servers that run for this data folder; empty when none do.

    Written by `servers.py` when they start, taken away when they stop.
    """
    try:
        return json.loads((data_dir / "addresses.json").read_text())
    except (FileNotFoundError, PermissionError, NotADirectoryError, ValueError):
        return {}


def record_addresses(data_dir: Path, addresses: dict[str, str]) -> None:
    write_private(data_dir / "addresses.json", json.dumps(addresses))


def forget_addresses(data_dir: Path) -> None:
    (data_dir / "addresses.json").unlink(missing_ok=True)


def local_secret(path: Path, *, create: bool) -> str:
    """The secret kept at `path`; made on first use, readable by its owner alone, when `create` is set."""
    if path.exists():
        return path.read_text().strip()
    if not create:
        return ""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_private(path, secrets.token_urlsafe(50), once=True)
    return path.read_text().strip()


def write_private(path: Path, text: str, *, once: bool = False) -> None:
    """Write a file that only its owner can read, whole or not at all; `once` keeps what another wrote first."""
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    half.unlink(missing_ok=True)
    with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    if not once:
        half.replace(path)
        return
    try:
        os.link(half, path)
    except FileExistsError:
        pass
    finally:
        half.unlink()
