"""What an import may take back: clients as they stand now, and whatever has been hung on them since."""

from collections.abc import Collection, Iterable
from uuid import UUID

from clients.models import Client

# What comes of itself, or tells only that somebody looked: it goes with the client.
OF_ITSELF = frozenset({"relationshipassessment", "recentview", "clientgrading", "duplicatepair"})


def clients_held(keys: Iterable[UUID]) -> dict[UUID, Client]:
    """The clients, locked until the transaction ends."""
    rows = Client.objects.unscoped().select_for_update(of=("self",)).select_related("responsible")
    return {client.pk: client for client in rows.filter(pk__any_of=list(keys)).order_by()}


def what_hangs_on(keys: Iterable[UUID], on=Client, besides: Collection[str] = ()) -> dict[UUID, list[str]]:
    """Client -> the kinds of records that somebody has made for it: one query for each relation there is.

    `on`: the model they are of; `besides`: names of models that do not count.
    """
    keys, found = list(keys), {}
    for relation in on._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        model = relation.related_model
        if (
            model._meta.model_name in {*OF_ITSELF, *besides}
            or relation.many_to_many
            and not model._meta.auto_created
        ):
            continue
        rows = model._base_manager.filter(**{f"{relation.field.name}__in": keys}).order_by()
        for key in set(rows.values_list(relation.field.attname, flat=True)) if keys else ():
            found.setdefault(key, []).append(model._meta.label_lower)
    return {key: sorted(set(labels)) for key, labels in found.items()}
