"""Looks at sealed values: each is written down before anybody sees anything, and nobody looks at very many in a row."""

from datetime import timedelta

from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.models import AuditEntry, User

LOOKS = 60
WITHIN = timedelta(hours=1)


class TooManyLooks(Exception):
    """More sealed values than anybody needs within the hour: a copy is being made, or a stolen session used."""


@transaction.atomic
def record_look(*, by: User, verb: str, obj, label=None) -> None:
    """Writes a look down (a verb ending in "_revealed"). Raises TooManyLooks."""
    User.objects.select_for_update().get(pk=by.pk)  # looks in many tabs at once are counted one by one
    looks = AuditEntry.objects.filter(
        actor_id=by.pk, id__gte=first_id_at(clock.now() - WITHIN), verb__endswith="_revealed"
    )
    if looks[:LOOKS].count() >= LOOKS:
        raise TooManyLooks
    record(by=by, verb=verb, obj=obj, label=label)
