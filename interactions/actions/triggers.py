"""The night's work of the triggers: what has come up is raised, what has settled itself is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import F
from django.utils import translation

from clients.actions.everybody import take_next
from interactions.enums import CAUSE_GONE, FollowUpOrigin, FollowUpState, Priority
from interactions.models import FollowUp
from interactions.presenters.triggers import facts_of, title_of
from interactions.queries.triggers import Colleagues, Night, OfClient
from interactions.rules.due import morning_of
from interactions.rules.follow_ups import escalate_at
from interactions.rules.triggers import ON_THE_DAY, PURPOSE, URGENT, Cause
from interactions.triggers import causes, rules_of
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.queries.bulk import insert_many
from lawcrm.firm.working_calendar import calendar_of

CHUNK = 5_000


def look_next(cursor: dict) -> bool:
    """The next of all clients."""

    def look(ids: list[UUID]) -> dict[str, int]:
        raised, closed = look_at(ids)
        return {"looked_at": len(ids), "raised": raised, "closed": closed}

    return take_next(cursor, look, limit=CHUNK)


def look_at(client_ids: list[UUID], *, today: date | None = None) -> tuple[int, int]:
    """Raises what holds today and was never raised, closes what holds no more. Returns how many of each."""
    policy = current_policy()
    night = Night(client_ids, policy, rules_of(policy), today or clock.today())
    holding = {cause.key: (client_id, cause) for client_id, cause in causes(night)}
    known = {
        cause for rows in night.raised.values() for _pk, cause, is_open, gone in rows if is_open or not gone
    }
    new = [
        (client_id, cause)
        for key, (client_id, cause) in holding.items()
        if key not in known and cause.is_raised_on(night.today)
    ]
    gone = [
        pk
        for client_id, rows in night.raised.items()
        if client_id in night.clients
        for pk, cause, is_open, _gone in rows
        if is_open and cause not in holding
    ]
    return _raise(new, night), _close(gone)


def would_raise(client_ids: list[UUID], policies: Iterable[FirmPolicy], today: date) -> list[Counter]:
    """How many follow-ups each policy would raise of these clients today, by trigger; nothing is written."""
    counts = []
    for policy in policies:
        night = Night(client_ids, policy, rules_of(policy), today)
        counts.append(Counter(cause.trigger for _client, cause in causes(night) if cause.is_raised_on(today)))
    return counts


# -- raising ----------------------------------------------------------------------------------------------------------


def _raise(found: list[tuple[UUID, Cause]], night: Night) -> int:
    if not found:
        return 0
    people, calendar = Colleagues(), calendar_of(night.policy)
    rows = []
    for client_id, cause in found:
        client, rule = night.clients[client_id], night.rules[cause.trigger]
        owner = people.owner_of(client, cause, rule.who)
        if owner is not None:
            rows.append((cause, client, owner, _due_on(cause, night.today, calendar)))
    rows.sort(key=lambda row: row[2].language)
    made = []
    for language, of_language in groupby(rows, key=lambda row: row[2].language):
        with translation.override(language or None):
            made += [_row(*row, night=night, calendar=calendar) for row in of_language]
    insert_many(made)
    audit.record_many(by=None, verb="follow_up.raised", deeds=[(row, None) for row in made])
    return len(made)


def _due_on(cause: Cause, today: date, calendar) -> date:
    """A day the firm works, not before today; a greeting keeps its day."""
    day = max(cause.due_on, today)
    return day if cause.trigger in ON_THE_DAY else calendar.next_working_day(day)


def _row(cause: Cause, client: OfClient, owner, due_on: date, *, night: Night, calendar) -> FollowUp:
    zone = clock.zone_of(owner)
    due_at, limits = morning_of(due_on, zone), night.policy.escalate_overdue_days
    return FollowUp(
        client_id=client.id,
        matter_id=cause.matter_id,
        person_id=cause.person_id,
        owner=owner,
        title=title_of(cause),
        due_at=due_at,
        priority=Priority.HIGH if cause.trigger in URGENT else Priority.NORMAL,
        origin=FollowUpOrigin.TRIGGER,
        purpose=PURPOSE.get(cause.trigger, ""),
        trigger=cause.trigger,
        cause=cause.key,
        cause_facts=facts_of(cause),
        remind_at=due_at,
        escalate_at=escalate_at(due_at, client.cadence_grade, limits, calendar, zone),
    )


# -- closing ----------------------------------------------------------------------------------------------------------


def _close(ids: list[UUID]) -> int:
    """What has settled itself asks nobody any more; the note says why."""
    rows = (
        list(
            FollowUp.objects.unscoped()
            .filter(pk__in=ids)
            .unfinished()
            .select_for_update(of=("self",), no_key=True)
        )
        if ids
        else []
    )
    if not rows:
        return 0
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=FollowUpState.CANCELLED,
        cancel_reason=CAUSE_GONE,
        finished_at=clock.now(),
        remind_at=None,
        escalate_at=None,
        snoozed_until=None,
        version=F("version") + 1,
        updated_at=clock.now(),
    )
    audit.record_many(by=None, verb="follow_up.settled", deeds=[(row, None) for row in rows])
    return len(rows)
