"""The chain over the audit trail: made by the minute, tried by `manage.py audit verify`.

Each link is HMAC-SHA256, under a key that stands wrapped in the database and opens only with the key file, over the link
before and every entry since. Changing, adding or removing an entry breaks its link and all that follow. What the chain
cannot show is the loss of its own end: write the newest link down elsewhere now and then (docs/security.md).
"""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction

from lawcrm.firm import clock
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.keyring import audit_key, newest_number
from lawcrm.firm.models import AuditEntry, AuditSeal, DataKey

ENTRIES = 5_000  # of one link
LINKS = 10  # of one minute
MARGIN = timedelta(minutes=2)  # between an id being made and its transaction being seen to run; clocks apart
_LOCK = 0x1A3C_5EA1
_FIELDS = (
    "id",
    "at",
    "actor_id",
    "actor_name",
    "on_behalf_of",
    "verb",
    "object_type",
    "object_id",
    "object_label",
    "client_id",
    "matter_id",
    "changes",
    "detail",
    "origin",
)


def seal_trail() -> int:
    """Adds links over what no running transaction can still add to. Returns how many entries they cover."""
    sealed = 0
    for _ in range(LINKS):
        with transaction.atomic():
            covered = _seal_next(_settled_before())
        sealed += covered
        if covered < ENTRIES:
            break
    return sealed


def _seal_next(before: UUID) -> int:
    if not _alone():
        return 0
    last = AuditSeal.objects.order_by("-number").first()
    entries = AuditEntry.objects.filter(id__lt=before).order_by("id")
    if last:
        entries = entries.filter(id__gt=last.last_id)
    rows = list(entries.values_list(*_FIELDS)[:ENTRIES])
    if rows:
        number = newest_number(DataKey.Purpose.AUDIT)
        AuditSeal.objects.create(
            number=last.number + 1 if last else 1,
            last_id=rows[-1][0],
            count=len(rows),
            key_number=number,
            digest=_digest(number, bytes(last.digest) if last else b"", rows),
        )
    return len(rows)


def _alone() -> bool:
    """Whether nobody else is sealing; until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return cursor.fetchone()[0]


def _settled_before() -> UUID:
    """Ids below this one belong to transactions that have ended: no entry can appear among them any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        oldest = cursor.fetchone()[0]
    return first_id_at(min(oldest or clock.now(), clock.now()) - MARGIN)


def _digest(key_number: int, previous: bytes, rows) -> bytes:
    mac = hmac.new(audit_key(key_number), previous, sha256)
    for row in rows:
        mac.update(json.dumps([_plain(value) for value in row], sort_keys=True).encode())
    return mac.digest()


def _plain(value):
    if isinstance(value, datetime):
        return value.timestamp()
    return str(value) if isinstance(value, UUID) else value


@dataclass(frozen=True)
class Break:
    """A link that does not hold: the entries between the two moments are not those that were sealed."""

    number: int
    after: datetime | None
    until: datetime


def broken_links(newest: int | None = None) -> Iterator[Break]:
    """Every link that does not hold, or of the `newest` ones. A link taken out shows as a gap in the numbers."""
    links, previous, expected = AuditSeal.objects.order_by("number"), None, 1
    last = links.last()
    if newest and last and last.number > newest:
        expected = last.number - newest + 1
        previous = links.filter(number=expected - 1).first()
        links = links.filter(number__gte=expected)
    for link in links.iterator():
        entries = AuditEntry.objects.filter(id__lte=link.last_id).order_by("id")
        if previous:
            entries = entries.filter(id__gt=previous.last_id)
        rows = list(entries.values_list(*_FIELDS))
        before = bytes(previous.digest) if previous else b""
        holds = hmac.compare_digest(_digest(link.key_number, before, rows), bytes(link.digest))
        if not holds or link.number != expected or len(rows) != link.count:
            yield Break(link.number, previous and previous.sealed_at, link.sealed_at)
        previous, expected = link, link.number + 1


def newest_link(expected: str = "") -> str | None:
    """The newest link as "number:digest"; or, given one that was written down, that link if the chain still holds it."""
    links = AuditSeal.objects.order_by("-number")
    number, _, digest = expected.partition(":")
    if expected:
        links = links.filter(number=int(number) if number.isdigit() else 0)
    link = links.first()
    told = f"{link.number}:{bytes(link.digest).hex()}" if link else None
    return told if not expected or told == expected.strip() else None
