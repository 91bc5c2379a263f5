"""Making tags, and putting them on clients and off."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from clients.models import Client, ClientTag, Tag
from clients.queries.firm_words import tag_key
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.bulk import copy_in


class TagTaken(Exception):
    """Another tag reads the same but for capitals and spaces."""


@transaction.atomic
def make_tag(*, by, name: str) -> Tag:
    """The tag of this name: the one there is, or a new one."""
    name = " ".join(name.split())[:40]
    tag, is_new = Tag.objects.get_or_create(key=tag_key(name), defaults={"name": name, "made_by": by})
    if is_new:
        audit.record(by=by, verb="tag.made", obj=tag)
    return tag


@transaction.atomic
def rename_tag(tag: Tag, *, by, name: str) -> Tag:
    """Raises TagTaken."""
    tag = Tag.objects.select_for_update().get(pk=tag.pk)
    old, tag.name = tag.name, " ".join(name.split())[:40]
    tag.key = tag_key(tag.name)
    if old == tag.name:
        return tag
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError:
        raise TagTaken from None
    audit.record(by=by, verb="tag.renamed", obj=tag, changes={"name": [old, tag.name]})
    return tag


@transaction.atomic
def delete_tag(tag: Tag, *, by) -> None:
    """Off every client, and gone."""
    audit.record(by=by, verb="tag.deleted", obj=tag)
    ClientTag.objects.unscoped().filter(tag=tag)._raw_delete("default")
    Tag.objects.filter(pk=tag.pk).delete()


@transaction.atomic
def set_tags(client: Client, *, by, tags: Iterable[Tag]) -> Client:
    """Exactly these."""
    client = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    wanted, held = {tag.pk for tag in tags}, set(client.tag_ids)
    put_tags([client], wanted - held, by=by)
    take_tags([client], held - wanted, by=by)
    client.refresh_from_db(fields=["tag_ids", "version"])
    return client


def put_tags(clients: Sequence[Client], tags: Iterable[UUID], *, by) -> dict[UUID, list[UUID]]:
    """Puts the tags on those clients (held under lock) that lack them. Returns {client: what it got}."""
    wanted = set(tags)
    lacking = {client.pk: sorted(wanted - set(client.tag_ids)) for client in clients}
    lacking = {pk: missing for pk, missing in lacking.items() if missing}
    ClientTag.objects.bulk_create(
        ClientTag(client_id=pk, tag_id=tag) for pk, missing in lacking.items() for tag in missing
    )
    _note(clients, {pk: ([], missing) for pk, missing in lacking.items()}, by)
    return lacking


def take_tags(clients: Sequence[Client], tags: Iterable[UUID], *, by) -> dict[UUID, list[UUID]]:
    """Takes the tags off those clients (held under lock) that carry them. Returns {client: what it lost}."""
    unwanted = set(tags)
    carried = {client.pk: sorted(unwanted & set(client.tag_ids)) for client in clients}
    carried = {pk: found for pk, found in carried.items() if found}
    ClientTag.objects.unscoped().filter(client_id__in=list(carried), tag_id__in=unwanted).delete()
    _note(clients, {pk: (found, []) for pk, found in carried.items()}, by)
    return carried


def retag(clients: Sequence[Client], wanted: dict[UUID, set[UUID]], *, by) -> None:
    """Gives each of those clients (held under lock) exactly the tags it is to carry."""
    lacking = {one.pk: sorted(wanted[one.pk] - set(one.tag_ids)) for one in clients}
    surplus = {one.pk: sorted(set(one.tag_ids) - wanted[one.pk]) for one in clients}
    ClientTag.objects.bulk_create(
        ClientTag(client_id=pk, tag_id=tag) for pk, missing in lacking.items() for tag in missing
    )
    for tag in {tag for tags in surplus.values() for tag in tags}:
        carriers = [pk for pk, tags in surplus.items() if tag in tags]
        ClientTag.objects.unscoped().filter(tag_id=tag, client_id__in=carriers).delete()
    changed = {pk: (surplus[pk], lacking[pk]) for pk in lacking if lacking[pk] or surplus[pk]}
    _note(clients, changed, by)


def tag_newcomers(clients: Sequence[Client], wanted: dict[UUID, set[UUID]], *, by) -> None:
    """The same for clients just made: their tags are part of what they were made with, not a change of them."""
    copy_in(ClientTag, [ClientTag(client_id=pk, tag_id=tag) for pk, tags in wanted.items() for tag in tags])
    _tell(clients, {pk: ([], sorted(tags)) for pk, tags in wanted.items()}, by)


def _note(clients: Sequence[Client], changed: dict[UUID, tuple[list, list]], by) -> None:
    if not changed:
        return
    _tell(clients, changed, by)
    Client.objects.unscoped().filter(pk__in=list(changed)).update(
        version=F("version") + 1, updated_at=clock.now()
    )


def _tell(clients: Sequence[Client], changed: dict[UUID, tuple[list, list]], by) -> None:
    names = dict(Tag.objects.values_list("pk", "name"))
    deeds = [
        (client, {"tags": [[names.get(tag, "") for tag in side] for side in changed[client.pk]]})
        for client in clients
        if client.pk in changed
    ]
    audit.record_many(by=by, verb="client.tagged", deeds=deeds)
