"""Reading the audit trail."""

from datetime import datetime, time, timedelta

from lawcrm.firm import clock
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.models import AuditEntry

NEWEST_FIRST = ("-id",)


def trail(user, *, person=None, kind="", client_id=None, since=None, until=None):
    """The entries this person may read, narrowed. Days are the reader's own; `kind` is the first half of a verb."""
    entries = AuditEntry.objects.visible_to(user)
    if person:
        entries = entries.filter(actor_id=person.pk)
    if kind:
        entries = entries.filter(verb__startswith=f"{kind}.")
    if client_id:
        entries = entries.filter(client_id=client_id)
    if since:
        entries = entries.filter(id__gte=first_id_at(_start_of(since, user)))
    if until:
        entries = entries.filter(id__lt=first_id_at(_start_of(until + timedelta(days=1), user)))
    return entries


def _start_of(day, user) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.zone_of(user))


def last_saver(obj) -> AuditEntry | None:
    """The newest deed on an object: who saved it last, and when."""
    deeds = AuditEntry.objects.filter(object_id=obj.pk).exclude(verb="access.denied")
    return deeds.order_by("-id").first()
