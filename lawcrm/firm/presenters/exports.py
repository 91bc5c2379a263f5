"""Exports in words."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lawcrm.firm.actions.exports import PIECES, is_fetchable, rights_of
from lawcrm.firm.clock import local
from lawcrm.firm.models import Export


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One file, in a list of files and on its own page."""

    pk: object
    url: str
    title: str
    made_at: datetime
    file_name: str
    rows: str
    size: str
    state: str
    until: datetime | None
    can_fetch: bool
    can_drop: bool
    filter: list[str]
    columns: list[str]
    sealed: list[str]
    hash: str


def export_lines(exports, user) -> list[ExportLine]:
    rights = rights_of(user)
    return [export_line(export, user, rights) for export in exports]


def export_line(export: Export, user, rights: str = "") -> ExportLine:
    ready = export.state == Export.State.READY
    fetchable = is_fetchable(export, user, rights)
    return ExportLine(
        pk=export.pk,
        url=reverse("firm:export", args=[export.pk]),
        title=export.told.get("label", export.listing),
        made_at=export.created_at,
        file_name=file_name(export, user),
        rows=rows_words(export.rows) if export.file_hash else "",
        size=size_words(export.size) if export.file_hash else "",
        state=_state(export, fetchable),
        until=export.expires_at if fetchable else None,
        can_fetch=fetchable,
        can_drop=ready,
        filter=export.told.get("filter", []),
        columns=export.told.get("columns", []),
        sealed=export.told.get("sealed", []),
        hash=export.file_hash,
    )


def _state(export: Export, fetchable: bool) -> str:
    if export.state == Export.State.READY and not fetchable:
        return _("No longer to be had: what you may see has changed since, or its day is over.")
    return str(export.get_state_display())


def file_name(export: Export, user) -> str:
    """Ours, never a client's name: "clients-2026-11-22.xlsx"."""
    day = local(export.created_at, user).date().isoformat()
    return f"{export.listing}-{day}.{PIECES[export.format].suffix}"


def rows_words(count: int) -> str:
    return ngettext("%(n)s row", "%(n)s rows", count) % {"n": f"{count:,}"}


def size_words(size: int) -> str:
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024)):,} KiB"
    return f"{size / 1024 / 1024:,.1f} MiB"
