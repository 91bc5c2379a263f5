"""The firms that are measured: each in a database of its own, loaded once, copied for each run."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from lawcrm.desk import demo

CHECKOUT = Path(settings.BASE_DIR)


def url_of(database: str) -> str:
    """The address at hand, with another database."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def environment(database: str, settings_module: str = "lawcrm.settings") -> dict[str, str]:
    """What a process needs to work on that database."""
    return {**os.environ, "DATABASE_URL": url_of(database), "DJANGO_SETTINGS_MODULE": settings_module}


def manage(database: str, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=environment(database), check=True
    )


def connect(database: str, **how) -> psycopg.Connection:
    """A connection of its own, as bare as it gets."""
    given = connection.get_connection_params()
    wanted = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
    return psycopg.connect(dbname=database, **wanted, **how)


def loaded(clients: int, seed: int, say: Callable[[str], None]) -> str:
    """The database of a firm of that size, made where it is missing or older than tables and stories are now."""
    name, wanted = f"{_stem()}_bench_{clients}_{seed}", _fingerprint(clients, seed)
    if _told_of(name) == wanted:
        say(f"firm of {clients:,} clients: {name}, loaded before")
        return name
    say(f"firm of {clients:,} clients: loading {name}")
    began = time.monotonic()
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)
    _run(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"), name)
    manage(name, "migrate", "-v0")
    manage(name, "demo", f"--clients={clients}", f"--seed={seed}", "--bulk", "-v0")
    _run(sql.SQL("COMMENT ON DATABASE {} IS {}"), name, wanted)
    say(f"loaded in {time.monotonic() - began:.0f} s")
    return name


@contextmanager
def copy_of(database: str, copy: str) -> Iterator[str]:
    """A copy to be written to, thrown away afterwards: the loaded firm stays as it was."""
    name = f"{_stem()}_bench_{copy}"
    _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)
    _run(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"), name, database)
    try:
        yield name
    finally:
        _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), name)


def forget(seed: int, *sizes: int) -> None:
    """Drops the loaded firms of those sizes."""
    for clients in sizes:
        _run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)"), f"{_stem()}_bench_{clients}_{seed}")


def _stem() -> str:
    return connection.settings_dict["NAME"]


def _run(statement: sql.SQL, name: str, *more: str) -> None:
    parts = [sql.Identifier(name)]
    if "IS {}" in statement.as_string():
        parts += [sql.Literal(one) for one in more]
    else:
        parts += [sql.Identifier(one) for one in more]
    with connect("postgres", autocommit=True) as held:
        held.execute(statement.format(*parts))


def _told_of(name: str) -> str | None:
    with connect("postgres", autocommit=True) as held:
        row = held.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
    return row[0] if row else None


def _fingerprint(clients: int, seed: int) -> str:
    """What a loaded firm depends on: its size, the tables, and the stories."""
    digest = hashlib.sha256()
    for app, migration in sorted(MigrationLoader(None).disk_migrations):
        digest.update(f"{app} {migration}\n".encode())
    for source in sorted(Path(demo.__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return json.dumps({"clients": clients, "seed": seed, "made_of": digest.hexdigest()[:16]})
