"""Clients that others may be the same as: looked up for many at once, each key with an index of its own."""

from collections.abc import Iterable
from uuid import UUID

from clients.enums import ClientKind
from clients.models import Client, ImportRow
from clients.rules.matching import Candidate
from lawcrm.firm.partial_dates import exact_day


def keys_by(column: str, wanted: Iterable) -> list[tuple]:
    """(value, key) of every client of the firm whose column holds one of the wanted values."""
    wanted = list(wanted)
    return list(_bearing(column, wanted).values_list(column, "pk")) if wanted else []


def _bearing(column: str, wanted: list):
    rows = Client.objects.unscoped().filter(**{f"{column}__any_of": wanted}).order_by()
    if column != "pk":  # who is asked for by key may have been merged meanwhile
        rows = rows.unmerged()
    if column in ("phone", "email"):
        rows = rows.exclude(**{column: ""})  # says what their partial indexes say
    return rows


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


def written_by_others_since(moment, run, wanted: dict[str, set]) -> list[tuple]:
    """(outline, sort key) of the clients that hold one of the wanted values (column -> values) and were written since
    then other than by this import: what the preview cannot know.

    Each column is asked by its own index, so that the question costs what the rows asked about cost, however large
    the firm and however much the import has written itself.
    """
    written: set[UUID] = set()
    for column, values in wanted.items():
        if values:
            rows = _bearing(column, list(values)).filter(updated_at__gte=moment)
            written.update(rows.values_list("pk", flat=True))
    if not written:
        return []
    applied = ImportRow.objects.filter(client_id__any_of=list(written), applied_at__isnull=False).order_by()
    written -= {pk for pk, run_id in applied.values_list("client_id", "run_id") if run_id == run.pk}
    rows = Client.objects.unscoped().filter(pk__any_of=list(written)).order_by()
    return [(outline(*row), sort_key) for *row, sort_key in rows.values_list(*OUTLINE, "sort_key")]


def created_by(run) -> set[UUID]:
    """The clients this import has made so far: the file's own repeats were found when it was judged."""
    rows = run.rows.filter(verdict="create", applied_at__isnull=False).order_by()
    return set(rows.values_list("client_id", flat=True))
