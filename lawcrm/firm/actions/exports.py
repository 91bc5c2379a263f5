"""Taking a list out: written piece by piece, sealed as it is written, opened by its maker, gone after a day.

Small lists are written at once, large ones by a worker; the way is the same. Rights are asked for anew with each piece
and again when the file is fetched.
"""

import hashlib
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property

from django.db import connection, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.exporting import CARDS, ExportColumn, Listing, listing_of
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.models import Export, ExportPart
from lawcrm.firm.paging import cursor_at, keyset_page
from lawcrm.firm.presenters import jobs as job_words
from lawcrm.firm.queries.exports import SEALED_AS, part_key, parts_of
from lawcrm.firm.queries.walls import walls_closed_to
from lawcrm.firm.roles import may
from lawcrm.firm.sealed import seal_bytes
from lawcrm.firm.spreadsheets.cards import CardPieces
from lawcrm.firm.spreadsheets.pieces import FORMATS

AT_ONCE = 1_500  # rows; more are written by a worker
PIECE = 2_000  # rows of one part
SECONDS = 10  # of writing in one chunk of a job
KEPT = timedelta(hours=24)
MOST_AN_HOUR = 40
PIECES = {**FORMATS, **dict.fromkeys(CARDS, CardPieces)}
LONGEST_LIST = 1_000  # of words about a filter that the audit trail keeps
_LOCK = 0x1A3C_5EB2  # shared by those who write files, alone for work that must leave no copy behind

job_words.label("firm.export", _("Writing a file"))
job_words.PROBLEMS["export_not_allowed"] = _("You may no longer export.")


class TooManyExports(Exception):
    """More files than anybody needs within the hour."""


class TooManyRows(Exception):
    """A sheet holds no more than so many rows; a CSV does."""


class NotHere(Exception):
    """The file is gone, or no longer its maker's to open."""


@transaction.atomic
def start_export(*, by, listing: Listing, query: str, columns: Sequence[str], format: str) -> Export:
    """Writes the file at once where it is small; else starts the job that does. Columns nobody knows are left out."""
    _while_nothing_is_erased()
    recent = Export.objects.filter(made_by=by, created_at__gt=clock.now() - timedelta(hours=1))
    if recent[:MOST_AN_HOUR].count() >= MOST_AN_HOUR:
        raise TooManyExports
    asked = QueryDict(query)
    known = {column.code: column for column in listing.columns(by)}
    chosen = [known[code] for code in dict.fromkeys(columns) if code in known] or list(known.values())
    total = listing.rows(by, asked).order_by().count()
    if PIECES[format].most_rows and total > PIECES[format].most_rows:
        raise TooManyRows
    export = Export.objects.create(
        made_by=by,
        listing=listing.code,
        format=format,
        query=query,
        columns=[column.code for column in chosen],
        told=_told(listing, by, asked, chosen),
        language=translation.get_language() or "en",
    )
    if total <= AT_ONCE:
        _write(export, by=by, until=None)
        return export
    audit.record(by=by, verb="export.started", obj=export, label=str(listing.label), detail=_detail(export))
    address = reverse("firm:export", args=[export.pk])
    params = {"export": str(export.pk), "result_url": address}
    export.job = start_job(kind="firm.export", by=by, params=params, total=total)
    export.save(update_fields=["job"])
    return export


def _told(listing: Listing, by, query: QueryDict, columns: Sequence[ExportColumn]) -> dict:
    return {
        "label": str(listing.label),
        "filter": [words[:LONGEST_LIST] for words in listing.filter_words(by, query)],
        "columns": [str(column.label) for column in columns],
        "sealed": [str(column.label) for column in columns if column.sealed] if _reveals(by) else [],
    }


def _reveals(user) -> bool:
    return may(user, "sealed.reveal")


@register("firm.export")
def export_chunk(job) -> bool:
    _while_nothing_is_erased()
    export = Export.objects.select_for_update().get(pk=job.params["export"])
    if not listing_of(export.listing).is_open_to(job.requested_by):
        raise JobStopped("export_not_allowed")
    if export.state != Export.State.WRITING:
        return False
    more = _write(export, by=job.requested_by, until=time.monotonic() + SECONDS)
    job.done = export.rows
    if not more:
        notify(
            to=job.requested_by,
            event="export.ready",
            key=f"export:{export.pk}",
            channels=("app",),
            obj=export,
        )
    return more


def _write(export: Export, *, by, until: float | None) -> bool:
    """Writes pieces until the time is up or the list is at its end; True when more is left."""
    with translation.override(export.language), timezone.override(by.time_zone):
        writing = _Writing(export, by)
        while writing.next_piece():
            if until and time.monotonic() >= until:
                export.save()
                return True
        writing.finish()
        export.save()
    return False


class _Writing:
    """A file being written, from where its export's cursor says."""

    def __init__(self, export: Export, by):
        self.export, self.by = export, by
        self.listing, self.query = listing_of(export.listing), QueryDict(export.query)
        known = {column.code: column for column in self.listing.columns(by)}
        self.columns = [known[code] for code in export.columns if code in known]
        export.cursor.setdefault("sheet", {})
        export.cursor.setdefault("part", 0)
        self.pieces = PIECES[export.format](
            [str(column.label) for column in self.columns],
            title=str(self.listing.label),
            widths=[column.width for column in self.columns],
            state=export.cursor["sheet"],
        )
        if not export.cursor["part"]:
            export.rights = rights_of(by)
            self._keep(self.pieces.begin())

    @cached_property
    def order(self) -> tuple[str, ...]:
        return self.listing.order(self.query)

    def next_piece(self) -> bool:
        """True when there may be more."""
        place = QueryDict(mutable=True)
        if after := self.export.cursor.get("after"):
            place["after"] = after
        page = keyset_page(self.listing.rows(self.by, self.query), self.order, place, PIECE)
        if page.rows:
            self._keep(self.pieces.rows(self._cells(page.rows)))
            self.export.rows += len(page.rows)
            self.export.cursor["after"] = cursor_at(page.rows[-1], self.order)
        return bool(page.next_query)

    def _cells(self, rows):
        if version := CARDS.get(self.export.format):
            return self.listing.cards(self.by, rows, version)
        return self.listing.values(self.by, [column.code for column in self.columns], rows)

    def _keep(self, body: bytes, number: int | None = None) -> None:
        if not body:
            return
        if number is None:
            self.export.cursor["part"] += 1
            number = self.export.cursor["part"]
        sealed = seal_bytes(body, row_id=part_key(self.export.pk, number), **SEALED_AS)
        ExportPart.objects.create(export=self.export, number=number, body=sealed)

    def finish(self) -> None:
        export = self.export
        last, first = self.pieces.finish()
        self._keep(last)
        self._keep(first, 0)
        digest, size = hashlib.sha256(), 0
        for part in parts_of(export):
            digest.update(part)
            size += len(part)
        export.file_hash, export.size = digest.hexdigest(), size
        export.cursor = {}
        export.state = Export.State.READY
        export.finished_at = clock.now()
        export.expires_at = export.finished_at + KEPT
        audit.record(
            by=self.by,
            verb="export.written",
            obj=export,
            label=str(self.listing.label),
            detail={**_detail(export), "rows": export.rows, "hash": export.file_hash, "size": size},
        )


def _detail(export: Export) -> dict:
    return {**export.told, "format": _format_of(export)}


def _format_of(export: Export) -> str:
    version = CARDS.get(export.format)
    return f"VCF {version}" if version else export.format.upper()


def rights_of(user) -> str:
    """A print of how far the person sees; it changes with role, scope, department and every wall that closes."""
    closed = sorted(f"{kind} {pk}" for kind, pk in walls_closed_to(user))
    standing = map(str, (user.is_active, user.role, user.scope, user.department_id, _reveals(user)))
    seen = (*standing, *closed)
    return hashlib.sha256(repr(seen).encode()).hexdigest()


@transaction.atomic
def fetch_export(export: Export, *, by) -> Iterator[bytes]:
    """The file's pieces, for its maker while it is there; written down. Raises NotHere.

    Whoever sees otherwise than when it was written does not get it any more: it may hold what is now closed to them.
    """
    held = Export.objects.select_for_update().get(pk=export.pk)
    if not is_fetchable(held, by):
        raise NotHere
    audit.record(
        by=by,
        verb="export.fetched",
        obj=held,
        label=held.told.get("label", ""),
        detail={"format": _format_of(held), "rows": held.rows, "hash": held.file_hash},
    )
    return parts_of(held)


def is_fetchable(export: Export, user, rights: str = "") -> bool:
    """`rights`: the person's print, where it is at hand already."""
    return (
        export.state == Export.State.READY
        and export.made_by_id == user.pk
        and listing_of(export.listing).is_open_to(user)
        and bool(export.expires_at and export.expires_at > clock.now())
        and export.rights == (rights or rights_of(user))
    )


@transaction.atomic
def drop_export(export: Export, *, by) -> None:
    """Removes the file before its time; the record of it stays."""
    held = Export.objects.select_for_update().get(pk=export.pk)
    if held.state == Export.State.READY:
        _empty(held)
        audit.record(by=by, verb="export.dropped", obj=held, label=held.told.get("label", ""))


def drop_all_exports() -> int:
    """Removes every file that lies ready and lets those being written begin anew: an erasure leaves no copy behind.

    Waits for pieces in hand; nobody reads a list for a file until the transaction has ended. Returns how many files.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    held = list(Export.objects.select_for_update().exclude(state=Export.State.GONE))
    for export in held:
        if export.state == Export.State.READY:
            _empty(export)
        else:
            _begin_anew(export)
    return len(held)


def _while_nothing_is_erased() -> None:
    """Waits for an erasure in hand: what is read afterwards no longer holds what it erased."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def _begin_anew(export: Export) -> None:
    """The job that writes it finds nothing written yet."""
    export.parts.all().delete()
    export.cursor, export.rows = {}, 0
    export.save(update_fields=["cursor", "rows"])


@transaction.atomic
def forget_expired() -> None:
    """Removes files whose day is over, and what jobs that failed had written."""
    now = clock.now()
    over = Export.objects.select_for_update(skip_locked=True)
    for export in over.filter(state=Export.State.READY, expires_at__lte=now)[:50]:
        _empty(export)
    for export in over.filter(state=Export.State.WRITING, created_at__lte=now - KEPT)[:50]:
        _empty(export)


def _empty(export: Export) -> None:
    export.parts.all().delete()
    export.state, export.cursor = Export.State.GONE, {}
    export.save(update_fields=["state", "cursor"])
