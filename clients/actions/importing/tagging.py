"""The tags that rows of a list say of clients: made where the importer said so, put on, and taken back."""

from collections.abc import Sequence
from uuid import UUID

from clients.actions.tags import make_tag, retag, tag_newcomers
from clients.importing.plan import NEW
from clients.models import Client
from clients.queries.firm_words import tag_key, tag_names, tags_by_name

Said = dict[UUID, list[str]]  # client -> keys of tags, and "+name" of those that were to be made


def tag_as_said(said: Said, *, by, are_new: bool) -> dict[UUID, list[str]]:
    """Gives the clients exactly these tags. Returns what they carried before, as rows hold it."""
    if not said:
        return {}
    clients = _held(said)
    made = {name: make_tag(by=by, name=name.removeprefix(NEW)).pk for name in sorted(_to_make(said))}
    wanted = {client.pk: _keys(said[client.pk], made) for client in clients}
    before = {client.pk: sorted(map(str, client.tag_ids)) for client in clients}
    (tag_newcomers if are_new else retag)(clients, wanted, by=by)
    return before


def as_keys(said: list[str]) -> list[str]:
    """What a row said, as it stands now: tags that were to be made by their keys."""
    if not any(one.startswith(NEW) for one in said):
        return said
    known = tags_by_name()
    return sorted({known.get(tag_key(one[1:]), one) if one.startswith(NEW) else one for one in said})


def _held(said: Said) -> Sequence[Client]:
    rows = Client.objects.unscoped().select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=list(said)).only("name", "tag_ids", "version").order_by("pk"))


def _to_make(said: Said) -> set[str]:
    return {one for tags in said.values() for one in tags if one.startswith(NEW)}


def _keys(tags: list[str], made: dict[str, UUID]) -> set[UUID]:
    """A tag that was deleted since the preview is nothing any more."""
    there = tag_names()
    return {made.get(one) or UUID(one) for one in tags if one in made or one in there}
