"""The relationship network: links made, ended, taken away."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from clients.models import Link
from lawcrm.firm.actions import audit
from lawcrm.firm.conflicts import StaleVersion


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
def edit_link(link: Link, *, by, version: int, turn: bool = False, **values) -> Link:
    """Mends what a link says (kind, note, since, until, the name of an end that is not on record); `turn`: the ends
    change places. Who stands at its ends stays: that would be another link. Raises StaleVersion.
    """
    link = Link.objects.for_reading().select_for_update(of=("self",)).get(pk=link.pk)
    if link.version != version:
        raise StaleVersion(link)
    name = values.pop("name", "")
    for side in ("from", "to"):
        if name and getattr(link, f"{side}_name"):
            setattr(link, f"{side}_name", name)
    if turn:
        for what in ("client_id", "person_id", "name"):
            ours, theirs = getattr(link, f"from_{what}"), getattr(link, f"to_{what}")
            setattr(link, f"from_{what}", theirs)
            setattr(link, f"to_{what}", ours)
    for field, value in values.items():
        setattr(link, field, value)
    link.version += 1
    link.save()
    for end in _ends_on_record(link):
        audit.record(by=by, verb="link.edited", obj=end, detail={"kind": link.kind})
    return link


@transaction.atomic
def end_link(link: Link, *, by, on: date) -> Link:
    """It held until then; it stays on record."""
    link.until = max(on, link.since) if link.since else on
    link.version += 1
    link.save(update_fields=["until", "version", "updated_at"])
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
