"""The chain over the audit trail: made by the minute, tried by `manage.py audit verify`.

Each link is HMAC-SHA256, under a key that stands wrapped in the database and opens only with the key file, over the link
before and every entry since. Changing, adding or removing an entry breaks its link and all that follow. What the chain
cannot show is the loss of its own end: write the newest link down elsewhere now and then (docs/security.md).

A link is made over the digests of its entries, one by one, so that an entry whose personal values were erased can be
stood for by the digest it had (AuditRedaction, docs/decisions/0110).
"""

import hmac
import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import connection, transaction

from lawcrm.firm import clock
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.keyring import audit_key, newest_number
from lawcrm.firm.models import AuditEntry, AuditRedaction, AuditSeal, DataKey

ENTRIES = 5_000  # of one link
LINKS = 4  # of one minute: what a night has written is sealed in some, and no tick takes long
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


def _digest(key_number: int, previous: bytes, rows, erased: dict | None = None) -> bytes:
    """The link over these entries; `erased` gives the digests that stand for entries since blanked."""
    key, erased = audit_key(key_number), erased or {}
    mac = hmac.new(key, previous, sha256)
    for row in rows:
        mac.update(erased[row[0]] if row[0] in erased else _digest_of(key, row))
    return mac.digest()


def _digest_of(key: bytes, row) -> bytes:
    plain = json.dumps([_plain(value) for value in row], sort_keys=True)
    return hmac.digest(key, plain.encode(), "sha256")


_LABEL, _CHANGES, _DETAIL = (_FIELDS.index(name) for name in ("object_label", "changes", "detail"))


def _erased(rows, key_number: int) -> dict[UUID, bytes]:
    """The digests that stand for blanked entries; one that is not blank stands for itself, and breaks the link."""
    blank = [row[0] for row in rows if not (row[_LABEL] or row[_CHANGES] or row[_DETAIL])]
    found = AuditRedaction.objects.filter(entry_id__in=blank, key_number=key_number, digest__isnull=False)
    return {entry_id: bytes(digest) for entry_id, digest in found.values_list("entry_id", "digest")}


def redact(entry_ids: list[UUID], *, erasure_id: UUID) -> int:
    """Blanks label, changes and detail of these entries for good, and keeps the chain whole. Returns how many.

    Call inside the transaction of the erasure. No link may be made meanwhile: one made over entries not yet blanked
    would miss their digests.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    done = set(AuditRedaction.objects.filter(entry_id__in=entry_ids).values_list("entry_id", flat=True))
    rows = AuditEntry.objects.filter(pk__in=set(entry_ids) - done).order_by("id")
    links = list(AuditSeal.objects.order_by("last_id").values_list("last_id", "key_number"))
    redactions = [_redaction(row, links, erasure_id) for row in rows.values_list(*_FIELDS)]
    AuditRedaction.objects.bulk_create(redactions, batch_size=2_000)
    AuditEntry.objects.filter(pk__in=[one.entry_id for one in redactions]).update(
        object_label="", changes={}, detail={}
    )
    return len(redactions)


def _redaction(row, links, erasure_id: UUID) -> AuditRedaction:
    place = bisect_left(links, row[0], key=lambda link: link[0])
    if place == len(links):  # not sealed yet: it will be sealed as it stands from now on
        return AuditRedaction(entry_id=row[0], erasure_id=erasure_id)
    number = links[place][1]
    return AuditRedaction(
        entry_id=row[0], erasure_id=erasure_id, key_number=number, digest=_digest_of(audit_key(number), row)
    )


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
        made = _digest(link.key_number, before, rows, _erased(rows, link.key_number))
        holds = hmac.compare_digest(made, bytes(link.digest))
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
