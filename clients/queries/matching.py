"""Clients that others may be the same as: looked up for many at once, each key with an index of its own."""

from collections.abc import Iterable
from uuid import UUID

from clients.models import Client


def keys_by(column: str, wanted: Iterable) -> list[tuple]:
    """(value, key) of every client of the firm whose column holds one of the wanted values."""
    wanted = list(wanted)
    if not wanted:
        return []
    rows = Client.objects.unscoped().filter(**{f"{column}__any_of": wanted}).order_by()
    if column in ("phone", "email"):
        rows = rows.exclude(**{column: ""})  # says what their partial indexes say
    return list(rows.values_list(column, "pk"))


def clients_by_key(keys: Iterable[UUID]) -> dict[UUID, Client]:
    keys = list(keys)
    if not keys:
        return {}
    rows = Client.objects.unscoped().select_related("responsible").filter(pk__any_of=keys)
    return {client.pk: client for client in rows.order_by()}


def keys_visible_to(user, keys: Iterable[UUID]) -> set[UUID]:
    """Those of the keys whose clients the person may see."""
    rows = Client.objects.visible_to(user).filter(pk__any_of=list(keys))
    return set(rows.order_by().values_list("pk", flat=True))


def others_written_since(moment, run) -> bool:
    """Whether any client was written since then other than by this import: then its rows must be matched again."""
    own = run.rows.filter(client_id__isnull=False).values("client_id")
    return Client.objects.unscoped().filter(updated_at__gte=moment).exclude(pk__in=own).exists()


def created_by(run) -> set[UUID]:
    """The clients this import has made so far: the file's own repeats were found when it was judged."""
    rows = run.rows.filter(verdict="create", applied_at__isnull=False).order_by()
    return set(rows.values_list("client_id", flat=True))
