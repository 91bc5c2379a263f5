"""Telling people: rows in the outbox, in the transaction of whatever happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lawcrm.firm import clock
from lawcrm.firm.models import Outbox
from lawcrm.firm.notices import LETTER, group_of
from lawcrm.firm.queries.telling import choices_of, way
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

    @property
    def people(self) -> list:
        return [self.to] if hasattr(self.to, "pk") else list(self.to)

    def rows(self, now: datetime, chosen: dict) -> list[Outbox]:
        """One row per person and channel, as each person chose to be told of this kind of event."""
        return [
            Outbox(
                event=self.event,
                key=self.key,
                person=person,
                channel=channel,
                object_type=self.obj._meta.label_lower if self.obj is not None else "",
                object_id=self.obj.pk if self.obj is not None else None,
                context=self.context,
                state=state,
                due_at=self.due_at or now,
            )
            for person in self.people
            for channel, state in self._ways(chosen.get(person.pk))
        ]

    def _ways(self, choices):
        """The channels a person is told by; the team chat goes with mail, for those who chose it."""
        group = group_of(self.event)
        for channel in self.channels:
            if channel == LETTER:
                yield channel, Outbox.State.WAITING
                continue
            wanted = way(choices, group, channel)
            if wanted not in (False, "off"):
                yield channel, Outbox.State.HELD if wanted == "morning" else Outbox.State.WAITING
        if "mail" in self.channels and "chat" not in self.channels and way(choices, group, "chat"):
            yield "chat", Outbox.State.WAITING


def notify(
    *, to, event: str, key: str, channels=("app", "mail"), obj=None, due_at=None, context=None
) -> None:
    """Queues one message per person and channel, as the person chose to be told.

    `key` names the occurrence ("followup-due:<id>:<due date>"): the same key reaches a person by a channel once,
    however often this is called.
    """
    notify_many([Message(to, event, key, tuple(channels), obj, due_at, context or {})])


def notify_many(messages: Iterable[Message]) -> None:
    """Queues many messages at once."""
    now, messages = clock.now(), list(messages)
    if not messages:
        return
    chosen = choices_of(person.pk for message in messages for person in message.people)
    rows = [row for message in messages for row in message.rows(now, chosen)]
    Outbox.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    if any(row.due_at <= now for row in rows):
        wake_outbox()
