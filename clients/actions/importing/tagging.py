"""The tags that rows of a list say of clients: made where the importer said so, put on, and taken back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from clients.actions.tags import delete_tag, make_tag, retag, tag_newcomers
from clients.importing.plan import NEW
from clients.models import Client, ImportRun, Tag
from clients.queries.firm_words import tag_key, tag_names, tags_by_name
from clients.queries.tags import tags_in_use

_AT_ONCE = timedelta(seconds=1)  # a row as it was made: both of its times are taken in one breath
Said = dict[UUID, list[str]]  # client -> keys of tags, and "+name" of those that were to be made


class Tagged(NamedTuple):
    before: dict[UUID, list[str]]  # what each client carried, as rows hold it
    made: list[UUID]  # tags the firm did not have


def tag_as_said(said: Said, *, by, are_new: bool) -> Tagged:
    """Gives the clients exactly these tags."""
    if not said:
        return Tagged({}, [])
    clients, there = _held(said), set(tag_names())
    made = {name: make_tag(by=by, name=name.removeprefix(NEW)).pk for name in sorted(_to_make(said))}
    wanted = {client.pk: _keys(said[client.pk], made) for client in clients}
    before = {client.pk: sorted(map(str, client.tag_ids)) for client in clients}
    (tag_newcomers if are_new else retag)(clients, wanted, by=by)
    return Tagged(before, [key for key in made.values() if str(key) not in there])


def note_made(run: ImportRun, made: list[UUID]) -> None:
    """Keeps with the run what it made, so that taking it back can unmake it."""
    if made:
        run.made_tags = [*run.made_tags, *made]
        run.save(update_fields=["made_tags"])


def unmake_tags(run: ImportRun, *, by) -> None:
    """Tags that came with an import go with it; one that is in use, or is called otherwise now, stays and is named."""
    tags = list(Tag.objects.select_for_update().filter(pk__in=run.made_tags).order_by("key"))
    used = tags_in_use(tag.pk for tag in tags)
    staying = [tag.name for tag in tags if tag.pk in used or tag.updated_at - tag.created_at > _AT_ONCE]
    for tag in tags:
        if tag.name not in staying:
            delete_tag(tag, by=by)
    if staying:
        run.warnings = [*run.warnings, {"code": "tags_kept", "params": {"names": staying}}]


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
