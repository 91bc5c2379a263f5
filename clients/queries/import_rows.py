"""Rows of an import, by their numbers."""

from collections.abc import Iterable

from clients.models import ImportRow


def rows_by_number(run_id, numbers: Iterable[int]) -> list[ImportRow]:
    """With the values read from them, and nothing else."""
    rows = ImportRow.objects.filter(run_id=run_id, number__in=list(numbers))
    return list(rows.only("run", "number", "values").order_by())


def rows_of_clients(run_id) -> Iterable[ImportRow]:
    """Rows of a client list that are or will be a client."""
    rows = ImportRow.objects.filter(run_id=run_id, client_id__isnull=False)
    return rows.only("run", "number", "values", "client_id").order_by().iterator(chunk_size=2_000)
