"""Telling people: rows in the outbox, in the transaction of whatever happened."""

from lawcrm.firm import clock
from lawcrm.firm.models import Outbox
from lawcrm.firm.wake import wake_outbox


def notify(
    *, to, event: str, key: str, channels=("app", "mail"), obj=None, due_at=None, context=None
) -> None:
    """Queues one message per person and channel.

    `key` names the occurrence ("followup-due:<id>:<due date>"): the same key reaches a person by a channel once,
    however often this is called.
    """
    people = to if isinstance(to, list | tuple | set | frozenset) else [to]
    Outbox.objects.bulk_create(
        [
            Outbox(
                event=event,
                key=key,
                person=person,
                channel=channel,
                object_type=obj._meta.label_lower if obj is not None else "",
                object_id=obj.pk if obj is not None else None,
                context=context or {},
                due_at=due_at or clock.now(),
            )
            for person in people
            for channel in channels
        ],
        ignore_conflicts=True,
    )
    if due_at is None or due_at <= clock.now():
        wake_outbox()
