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


def unlisted() -> int:
    """Erasures the database knows and the list outside it does not: the list is not the whole one."""
    known = suppressions.digests()
    return sum(
        bytes(digest) not in known
        for digest in Suppression.objects.values_list("digest", flat=True).iterator()
    )
