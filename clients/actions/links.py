"""The relationship network: links made, ended, taken away."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from clients.models import Link
from lawcrm.firm.actions import audit


@transaction.atomic
def add_link(
    *, by, kind: str, note: str = "", since: date | None = None, outside_kind: str = "", **ends
) -> Link:
    """A link; `ends`: one of from_client, from_person, from_name and one of to_client, to_person, to_name."""
    link = Link(kind=kind, note=note, since=since, outside_kind=outside_kind, made_by=by, **ends)
    link.save(force_insert=True)
    for end in _ends_on_record(link):
        audit.record(by=by, verb="link.added", obj=end, detail={"kind": link.kind})
    return link


@transaction.atomic
def end_link(link: Link, *, by, on: date) -> Link:
    """It held until then; it stays on record."""
    link.until = max(on, link.since) if link.since else on
    link.save(update_fields=["until", "updated_at"])
    for end in _ends_on_record(link):
        audit.record(by=by, verb="link.ended", obj=end, detail={"kind": link.kind})
    return link


@transaction.atomic
def remove_link(link: Link, *, by) -> None:
    """It never was true."""
    for end in _ends_on_record(link):
        audit.record(by=by, verb="link.removed", obj=end, detail={"kind": link.kind})
    link.delete()


def _ends_on_record(link: Link) -> list:
    """Each end is told on its own, without the other's name: not everybody who sees the one may see the other."""
    ends = (link.from_client, link.from_person, link.to_client, link.to_person)
    return [end for end in ends if end is not None]
