"""Files made from lists: each is its maker's alone."""

from collections.abc import Iterator

from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may
from lawcrm.firm.sealed import unseal_bytes

SEALED_AS = {"model": "firm.exportpart", "field": "body"}


class ExportQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """One's own, as long as one may export at all; nobody opens another's file."""
        return self.filter(made_by=user) if may(user, "clients.export") else self.none()


def part_key(export_id, number: int) -> str:
    """What a part's ciphertext is bound to."""
    return f"{export_id}:{number}"


def parts_of(export) -> Iterator[bytes]:
    """The file, piece by piece in clear; one piece at a time is in memory."""
    for number in list(export.parts.order_by("number").values_list("number", flat=True)):
        body = export.parts.values_list("body", flat=True).get(number=number)
        yield unseal_bytes(body, row_id=part_key(export.pk, number), **SEALED_AS)
