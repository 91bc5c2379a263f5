"""Matters and invoices as imports look for them: many at once, whoever may see them; who may see what is asked apart."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from clients.models import ImportRow, ImportRun

TO_COME = (
    ImportRun.State.READING,
    ImportRun.State.PREVIEW,
    ImportRun.State.COMMITTING,
    ImportRun.State.PAUSED,
)


def _all(model: str):
    return apps.get_model("matters", model).objects.unscoped().order_by()


def matters_like(clients: Collection[UUID], said: Collection[str]) -> list:
    """The matters of these clients, and those of whomever that bear one of the numbers or titles said."""
    rows = _all("Matter").filter(Q(client_id__in=clients) | Q(number__in=said) | Q(title__in=said))
    rows = rows.select_related("client").defer(
        "search", "client__search", "client__note", "client__background", "client__identity_number"
    )
    return list(rows.prefetch_related("parties").order_by("accepted_on", "pk"))


def matters_held(keys: Iterable[UUID]) -> dict[UUID, object]:
    """Matters by key, locked until the transaction ends."""
    rows = _all("Matter").select_for_update(of=("self",)).select_related("client", "responsible")
    return {one.pk: one for one in rows.prefetch_related("parties").filter(pk__in=list(keys))}


def visible_keys(model: str, user, keys: Iterable[UUID]) -> set[UUID]:
    """Those of the keys whose rows the person may see."""
    rows = apps.get_model("matters", model).objects.visible_to(user).filter(pk__in=list(keys))
    return set(rows.order_by().values_list("pk", flat=True))


def titles_of(keys: Collection[UUID], user) -> dict[UUID, str]:
    """Key -> title, and number where there is one, of those matters the person may see."""
    rows = apps.get_model("matters", "Matter").objects.visible_to(user).filter(pk__in=keys).order_by()
    return {
        pk: f"{title} ({number})" if number else title
        for pk, title, number in rows.values_list("pk", "title", "number")
    }


def receivables_of(matters: Collection[UUID]) -> list:
    return (
        list(_all("Receivable").filter(matter_id__in=matters).order_by("issued_on", "pk")) if matters else []
    )


def receivables_held(keys: Iterable[UUID]) -> dict[UUID, object]:
    """Invoices by key, locked until the transaction ends."""
    rows = _all("Receivable").select_for_update(of=("self",)).select_related("matter")
    return {one.pk: one for one in rows.filter(pk__in=list(keys))}


def invoices_named(keys: Collection[UUID], user) -> dict[UUID, str]:
    """Key -> number or title of those invoices the person may see."""
    rows = apps.get_model("matters", "Receivable").objects.visible_to(user).filter(pk__in=keys)
    return {one.pk: f"{one} · {one.issued_on:%Y-%m-%d} · {one.amount:,.2f}" for one in rows.order_by()}


def rows_of_matters_to_come(run: ImportRun) -> Iterable[ImportRow]:
    """Rows of the same workbook that will be matters once they are written."""
    runs = [run.part_of, *run.part_of.parts.all()] if run.part_of_id else []
    coming = [one.pk for one in runs if one.kind == ImportRun.Kind.MATTERS and one.state in TO_COME]
    rows = ImportRow.objects.filter(run_id__in=coming, verdict="create", applied_at__isnull=True)
    return (
        rows.only("run", "number", "values", "client_id").order_by().iterator(chunk_size=2_000)
        if coming
        else ()
    )
