"""Whether this installation is fit for client data: each finding says what, whether it is well, and the remedy.

The list follows Django's deployment checklist and the firm's own promises (docs/security.md). Nothing is changed, but for what
`manage.py doctor --repair` is asked to put right.
"""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from lawcrm.firm import queue_server
from lawcrm.firm.actions.seals import broken_links
from lawcrm.firm.keyring import check_keys, kek
from lawcrm.firm.models import User
from lawcrm.firm.queries.health import readiness

DEMO_PASSWORD = "lawcrm-demo-firm"  # noqa: S105  (looked for, so that it is found before anybody else finds it)


@dataclass(frozen=True, slots=True)
class Finding:
    what: str
    is_well: bool
    remedy: str = ""
    repair: Callable[[], None] | None = None  # what `doctor --repair` may do about it by itself


def examine() -> Iterator[Finding]:
    """Every finding, one examination after the other; an examination that breaks is itself a finding."""
    for examination in EXAMINATIONS:
        try:
            yield from examination()
        except Exception as problem:  # whatever breaks, the other examinations are still wanted
            yield Finding(
                f"{examination.__doc__} could not be examined", False, f"{type(problem).__name__}: {problem}"
            )


def _settings() -> Iterator[Finding]:
    """Django's deployment checks"""
    found = [
        message
        for message in checks.run_checks(include_deployment_checks=True)
        if message.level >= checks.WARNING and not message.is_silenced()
    ]
    for message in found:
        yield Finding(
            f"{message.id}: {message.msg}", False, message.hint or "see Django's deployment checklist"
        )
    if not found:
        yield Finding("Django's deployment checks find nothing", True)
    yield Finding(
        "production settings are on",
        settings.PRODUCTION,
        "set LAWCRM_PRODUCTION=1 where real clients are kept",
    )
    yield Finding(
        "ALLOWED_HOSTS names hosts", "*" not in settings.ALLOWED_HOSTS, "name the host in ALLOWED_HOSTS"
    )
    yield Finding(
        "links in mails use https",
        settings.PUBLIC_URL.startswith("https://"),
        "set LAWCRM_URL to the https address",
    )


def _secrets() -> Iterator[Finding]:
    """The key file and the secret key"""
    path = Path(settings.LAWCRM_KEY_FILE)
    try:
        kek()
    except ImproperlyConfigured as problem:
        yield Finding("the key-encryption key is there", False, str(problem))
        return
    yield Finding("the key-encryption key is there", True)
    mode = stat.S_IMODE(path.stat().st_mode)
    yield Finding("only its owner reads the key file", mode & 0o077 == 0, f"chmod 400 {path}")
    inside = Path(settings.BASE_DIR) in path.resolve().parents and settings.PRODUCTION
    yield Finding(
        "the key file lies outside the program's folder", not inside, "move it and set LAWCRM_KEY_FILE"
    )
    key = path.read_text().strip()
    yield Finding(
        "the key is not in the environment", key not in os.environ.values(), "keep it in its file only"
    )
    yield Finding(
        "SECRET_KEY is another secret than the key",
        key != settings.SECRET_KEY,
        "make a SECRET_KEY of its own",
    )
    yield Finding(
        "SECRET_KEY is long", len(settings.SECRET_KEY) >= 50, "give SECRET_KEY 50 characters or more"
    )
    check_keys()  # raises, and is a finding then, under another key-encryption key
    yield Finding("the key opens every data key", True)


def _database() -> Iterator[Finding]:
    """The database"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        is_super, may_create, bypasses = cursor.fetchone()
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0])
        cursor.execute("SHOW data_checksums")
        checksums = cursor.fetchone()[0]
    yield Finding("PostgreSQL is 15 or newer", version >= 150000, "upgrade PostgreSQL")
    yield Finding(
        "the application's role is no superuser",
        not (is_super or may_create or bypasses),
        "run the web and the worker as a role made by manage.py grants",
    )
    yield Finding("the database keeps checksums of its pages", checksums == "on", "initdb --data-checksums")
    parts = readiness()
    yield Finding("all migrations are applied", bool(parts.get("migrations")), "manage.py migrate")


def _trail() -> Iterator[Finding]:
    """The audit trail"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege('firm_auditentry', 'UPDATE') OR has_table_privilege('firm_auditentry', 'DELETE')"
        )
        may_rewrite = cursor.fetchone()[0]
    yield Finding(
        "the application's role cannot rewrite the audit trail",
        not may_rewrite,
        "own the tables by another role and run manage.py grants for the application's",
    )
    yield Finding(
        "the newest links of the audit trail hold",
        not any(broken_links(newest=20)),
        "manage.py audit verify names the entries; compare with the last backup",
    )


def _redis() -> Iterator[Finding]:
    """Redis"""
    with queue_server.connected() as client:
        policy = client.config_get("maxmemory-policy").get("maxmemory-policy")
        appends = client.config_get("appendonly").get("appendonly")
    yield Finding(
        "Redis refuses rather than forgets when full",
        policy == "noeviction",
        "set maxmemory-policy noeviction",
    )
    yield Finding("Redis writes what it holds to disk", appends == "yes", "set appendonly yes")
    yield Finding(
        "Redis asks for a password or is reached by a socket",
        "@" in queue_server.address() or queue_server.address().startswith("unix:"),
        "set a password in REDIS_URL or REDIS_PASSWORD_FILE",
    )


def _machinery() -> Iterator[Finding]:
    """Worker and beat"""
    parts = readiness()
    for name in ("worker", "beat"):
        yield Finding(
            f"the {name} was seen in the last two minutes", bool(parts.get(name)), f"start the {name}"
        )


def _people() -> Iterator[Finding]:
    """People"""
    demo = [
        user.username
        for user in User.objects.filter(is_active=True)[:200]
        if user.check_password(DEMO_PASSWORD)
    ]
    yield Finding(
        "nobody signs in with the demo password", not demo, f"end or change: {', '.join(demo[:10])}"
    )
    administrators = User.objects.filter(is_active=True, role="administrator").count()
    yield Finding("there are at least two administrators", administrators >= 2, "add a second administrator")


EXAMINATIONS: list[Callable[[], Iterator[Finding]]] = [
    _settings,
    _secrets,
    _database,
    _trail,
    _redis,
    _machinery,
    _people,
]


def register(examination: Callable[[], Iterator[Finding]]):
    """Adds what an app above wants examined; its docstring says what could not be, where it breaks."""
    if examination not in EXAMINATIONS:
        EXAMINATIONS.append(examination)
    return examination
