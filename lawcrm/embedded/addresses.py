"""Where the private Postgres and Redis of this checkout answer."""

import secrets
from pathlib import Path


def embedded_addresses(data_dir: Path) -> dict[str, str]:
    """DATABASE_URL and REDIS_URL of the embedded servers of this data folder."""
    return {}


def local_secret(path: Path, *, create: bool) -> str:
    """The secret kept at `path`; made on first use, readable by its owner alone, when `create` is set."""
    if path.exists():
        return path.read_text().strip()
    if not create:
        return ""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    secret = secrets.token_urlsafe(50)
    path.touch(mode=0o600)
    path.write_text(secret)
    return secret
