"""Which records stand in the database though they were erased: a restore brought them back."""

from collections.abc import Iterator

from clients import suppressions
from clients.models import Client, Person, Suppression
from clients.subjects import Subject


def restored() -> Iterator[Subject]:
    """Clients first: a client takes its people along."""
    known = suppressions.digests()
    if not known:
        return
    digest_of = suppressions.digester()
    for kind, model in (("client", Client), ("person", Person)):
        for pk in model.objects.unscoped().order_by().values_list("pk", flat=True).iterator():
            if digest_of(kind, pk) in known:
                yield Subject(kind, pk)


def unlisted() -> list[Suppression]:
    """Erasures the database knows and the list outside it does not: the list is not the whole one."""
    known = suppressions.digests()
    return [
        row for row in Suppression.objects.order_by("erased_at").iterator() if bytes(row.digest) not in known
    ]


def can_be_listed(rows: list[Suppression]) -> list[Suppression]:
    """Those whose hash was made under the key of the list that is there: their line was lost between the database and
    the list. Written into another list they would be lines that match nothing, and hide that the right one is lost.
    """
    mark = suppressions.mark_if_any()
    return [row for row in rows if mark and row.list_mark == mark]
