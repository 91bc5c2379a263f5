"""Rows of an import, by their numbers."""

from collections.abc import Iterable

from clients.models import ImportRow


def rows_by_number(run_id, numbers: Iterable[int]) -> list[ImportRow]:
    """With the values read from them, and nothing else."""
    rows = ImportRow.objects.filter(run_id=run_id, number__in=list(numbers))
    return list(rows.only("run", "number", "values").order_by())
