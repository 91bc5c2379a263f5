"""Rows of an import, by their number."""

from clients.models import ImportRow


def row_of(run_id, number: int) -> ImportRow:
    return ImportRow.objects.get(run_id=run_id, number=number)
