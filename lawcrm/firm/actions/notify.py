"""Telling people: rows in the outbox, in the transaction of whatever happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lawcrm.firm import clock
from lawcrm.firm.models import Outbox
from lawcrm.firm.wake import wake_outbox


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell to one person or several; see `notify`."""

    to: Any
    event: str
    key: str
    channels: tuple[str, ...] = ("app", "mail")
    obj: Any = None
    due_at: datetime | None = None
    context: dict = field(default_factory=dict)

    def rows(self, now: datetime) -> list[Outbox]:
        people = self.to if isinstance(self.to, list | tuple | set | frozenset) else [self.to]
        return [
            Outbox(
                event=self.event,
                key=self.key,
                person=person,
                channel=channel,
                object_type=self.obj._meta.label_lower if self.obj is not None else "",
                object_id=self.obj.pk if self.obj is not None else None,
                context=self.context,
                due_at=self.due_at or now,
            )
            for person in people
            for channel in self.channels
        ]


def notify(
    *, to, event: str, key: str, channels=("app", "mail"), obj=None, due_at=None, context=None
) -> None:
    """Queues one message per person and channel.

    `key` names the occurrence ("followup-due:<id>:<due date>"): the same key reaches a person by a channel once,
    however often this is called.
    """
    notify_many([Message(to, event, key, tuple(channels), obj, due_at, context or {})])


def notify_many(messages: Iterable[Message]) -> None:
    """Queues many messages at once."""
    now = clock.now()
    rows = [row for message in messages for row in message.rows(now)]
    Outbox.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    if any(row.due_at <= now for row in rows):
        wake_outbox()
