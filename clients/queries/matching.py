"""Clients that others may be the same as: looked up for many at once, each key with an index of its own."""

from collections.abc import Iterable
from uuid import UUID

from clients.enums import ClientKind
from clients.models import Client
from clients.rules.matching import Candidate
from lawcrm.firm.partial_dates import exact_day


def keys_by(column: str, wanted: Iterable) -> list[tuple]:
    """(value, key) of every client of the firm whose column holds one of the wanted values."""
    wanted = list(wanted)
    if not wanted:
        return []
    rows = Client.objects.unscoped().unmerged().filter(**{f"{column}__any_of": wanted}).order_by()
    if column in ("phone", "email"):
        rows = rows.exclude(**{column: ""})  # says what their partial indexes say
    return list(rows.values_list(column, "pk"))


def clients_by_key(keys: Iterable[UUID]) -> dict[UUID, Client]:
    keys = list(keys)
    if not keys:
        return {}
    rows = Client.objects.unscoped().defer("search", "background").filter(pk__any_of=keys)
    return {client.pk: client for client in rows.order_by()}


OUTLINE = (
    "pk", "kind", "name", "latin_name", "former_names", "identity_index", "registration_index", "phone", "email",
    "birth_date", "address",
)  # fmt: skip


def outlines_of(keys: Iterable[UUID]) -> list[Candidate]:
    """Clients as matching sees them (ten times as quick to read as whole profiles)."""
    keys = list(keys)
    if not keys:
        return []
    rows = Client.objects.unscoped().filter(pk__any_of=keys).order_by().values_list(*OUTLINE)
    return [outline(*row) for row in rows]


def outline(
    pk, kind, name, latin_name, former_names, identity, registration, phone, email, birth_date, address
):
    return Candidate(
        key=pk,
        is_person=kind == ClientKind.PERSON,
        name=name,
        latin_name=latin_name,
        former_names=tuple(former_names),
        identity=bytes(identity) if identity else None,
        registration=bytes(registration) if registration else None,
        phone=phone,
        email=email,
        birth_date=exact_day(birth_date),
        address=address,
    )


def keys_visible_to(user, keys: Iterable[UUID]) -> set[UUID]:
    """Those of the keys whose clients the person may see."""
    rows = Client.objects.visible_to(user).filter(pk__any_of=list(keys))
    return set(rows.order_by().values_list("pk", flat=True))


def written_by_others_since(moment, run) -> list[tuple]:
    """(outline, sort key) of the clients written since then other than by this import: what the preview cannot know."""
    own = run.rows.filter(applied_at__isnull=False, client_id__isnull=False).values("client_id")
    rows = Client.objects.unscoped().filter(updated_at__gte=moment).exclude(pk__in=own).order_by()
    return [(outline(*row), sort_key) for *row, sort_key in rows.values_list(*OUTLINE, "sort_key")]


def created_by(run) -> set[UUID]:
    """The clients this import has made so far: the file's own repeats were found when it was judged."""
    rows = run.rows.filter(verdict="create", applied_at__isnull=False).order_by()
    return set(rows.values_list("client_id", flat=True))
