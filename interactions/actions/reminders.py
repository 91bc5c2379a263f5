"""Reminders at the due time, and late follow-ups taken to the supervising partner. Each goes out once.

A row is claimed with its lock (SKIP LOCKED: two ticks at once take different rows), the message is recorded and the
moment taken off the row in one transaction. The outbox holds one message per occurrence and person besides.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import cached_property

from interactions.enums import FollowUpState
from interactions.models import FollowUp
from interactions.rules import follow_ups as rules
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.notify import Message, notify_many
from lawcrm.firm.models import User
from lawcrm.firm.roles import Role

AT_ONCE = 500


def send_reminders(now: datetime | None = None) -> int:
    """Reminds of everything that has come due. Returns how many follow-ups that were."""
    return _in_chunks(_remind_chunk, now or clock.now())


def escalate_late(now: datetime | None = None) -> int:
    """Takes to the supervising partner what stayed undone beyond the grade's limit. Returns how many."""
    return _in_chunks(_escalate_chunk, now or clock.now())


def _in_chunks(work, now: datetime) -> int:
    total = 0
    while done := work(now):
        total += done
        if done < AT_ONCE:
            break
    return total


def _claimed(moment: str, now: datetime, *related: str) -> QuerySet:
    """Rows whose moment has come, locked; those another tick is working on are left to it."""
    return (
        FollowUp.objects.unscoped()
        .filter(**{f"{moment}__lte": now})
        .order_by(moment)
        .select_related(*related)
        .select_for_update(of=("self",), skip_locked=True, no_key=True)[:AT_ONCE]
    )


@transaction.atomic
def _remind_chunk(now: datetime) -> int:
    rows = list(
        _claimed("remind_at", now, "owner", "client").only(
            "remind_at", "state", "owner__is_active", "client__responsible"
        )
    )
    if not rows:
        return 0
    instead = _responsible_instead(rows)
    notify_many(
        Message(
            instead.get(row.client.responsible_id, row.owner) if not row.owner.is_active else row.owner,
            "follow_up.due",
            _key("due", row, row.remind_at),
            obj=row,
        )
        for row in rows
    )
    ids = [row.pk for row in rows]
    FollowUp.objects.filter(pk__in=ids).update(remind_at=None)
    slept = [row.pk for row in rows if row.state == FollowUpState.SNOOZED]
    if slept:
        FollowUp.objects.filter(pk__in=slept).update(
            state=rules.state_after(rules.SNOOZED, rules.WAKE), snoozed_until=None
        )
    return len(rows)


def _responsible_instead(rows: list[FollowUp]) -> dict:
    """Whoever is responsible for the client, where the owner works here no more."""
    ids = {row.client.responsible_id for row in rows if not row.owner.is_active}
    return User.objects.in_bulk(ids) if ids else {}


@transaction.atomic
def _escalate_chunk(now: datetime) -> int:
    rows = list(_claimed("escalate_at", now, "owner__supervisor", "client__responsible__supervisor"))
    if not rows:
        return 0
    above = Supervisors(rows)
    told = [(row, partners) for row in rows if (partners := above.of(row))]
    watching = _watchers(rows, above)
    told = [(row, [*partners, *watching.get(row.pk, [])]) for row, partners in told]
    notify_many(
        Message(partners, "follow_up.escalated", _key("late", row, row.due_at), obj=row)
        for row, partners in told
    )
    audit.record_deeds([_escalation(row, partners) for row, partners in told], by=None)
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(escalate_at=None)
    return len(rows)


def _watchers(rows: list[FollowUp], above: Supervisors) -> dict:
    """Who watches which of the follow-ups, as far as they may see them."""
    ids = {pk for row in rows for pk in row.watcher_ids}
    people = User.objects.filter(pk__in=ids, is_active=True).in_bulk() if ids else {}
    return {
        row.pk: [people[pk] for pk in row.watcher_ids if pk in people and above.sees(people[pk], row)]
        for row in rows
        if row.watcher_ids
    }


def _escalation(row: FollowUp, partners: list[User]) -> audit.Deed:
    names = ", ".join(str(partner) for partner in partners)
    return audit.Deed(verb="follow_up.escalated", obj=row, detail={"partner": names})


def _key(kind: str, row: FollowUp, moment: datetime) -> str:
    return f"follow_up.{kind}:{row.pk}:{moment.isoformat()}"


class Supervisors:
    """Whom late follow-ups are taken to. One statement for each person who may be told, however many there are."""

    def __init__(self, rows: list[FollowUp]):
        self.ids = [row.pk for row in rows]
        self.seen: dict = {}

    def of(self, row: FollowUp) -> list[User]:
        """Whoever supervises the owner; else the responsible lawyer's supervisor; else the partners of the owner's
        department; else all partners. Only those who may see the client: a wall is not told of by an escalation.
        """
        for candidates in self._candidates(row):
            found = [one for one in candidates if one.is_active and one != row.owner and self.sees(one, row)]
            if found:
                return found
        return []

    def _candidates(self, row: FollowUp) -> Iterable[list[User]]:
        yield [row.owner.supervisor] if row.owner.supervisor else []
        responsible = row.client.responsible
        yield [responsible.supervisor] if responsible.supervisor else []
        if row.owner.department_id:
            yield [one for one in self.partners if one.department_id == row.owner.department_id]
        yield self.partners

    @cached_property
    def partners(self) -> list[User]:
        return list(User.objects.filter(role=Role.PARTNER, is_active=True).order_by("pk"))

    def sees(self, person: User, row: FollowUp) -> bool:
        if person.pk not in self.seen:
            visible = FollowUp.objects.visible_to(person).filter(pk__in=self.ids).order_by()
            self.seen[person.pk] = set(visible.values_list("pk", flat=True))
        return row.pk in self.seen[person.pk]
