"""Every write to follow-ups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Q, UUIDField, Value, When
from django.utils import translation

from clients.actions.relationship import assess_clients
from clients.models import RelationshipAssessment
from clients.presenters.relationship import next_step_words
from clients.rules import next_step
from clients.rules.relationship import is_substantive
from clients.rules.relationship_stored import from_json
from interactions.enums import FollowUpOrigin, FollowUpState, Initiator, Priority, Purpose
from interactions.models import FollowUp
from interactions.rules import follow_ups as rules
from interactions.rules import recurrence
from interactions.rules.due import morning_of
from interactions.rules.permissions import check_may_change_follow_up
from interactions.rules.triggers import done_by
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.working_calendar import calendar_of, current_calendar

STILL_NEWS = timedelta(days=3)  # an older contact, written down late, is judged by the night


class NothingToSuggest(Exception):
    """The client has no next step: not yet assessed by anybody, or already a partner."""


@dataclass(frozen=True, kw_only=True)
class FollowUpPlan:
    """A follow-up about to be made. Without a title its origin says what to do."""

    client: Any
    due_at: datetime
    owner: Any
    title: str = ""
    person: Any = None
    matter: Any = None
    priority: int = Priority.NORMAL
    origin: str = FollowUpOrigin.HAND
    purpose: str = ""
    from_contact: Any = None
    promise: Any = None
    trigger: str = ""
    cause: str = ""
    cause_facts: dict = field(default_factory=dict)
    recurrence: str = ""
    recurs_from: date | None = None
    watcher_ids: list = field(default_factory=list)


def create_follow_up(
    *,
    by,
    client,
    title,
    due_at,
    owner=None,
    person=None,
    matter=None,
    priority=Priority.NORMAL,
    origin=FollowUpOrigin.HAND,
    purpose="",
    from_contact=None,
    promise=None,
    recurrence="",
    watcher_ids=(),
) -> FollowUp:
    """One follow-up, of `by` where no other owner is named."""
    plan = FollowUpPlan(
        client=client,
        title=title,
        due_at=due_at,
        owner=owner or by,
        person=person,
        matter=matter,
        priority=priority,
        origin=origin,
        purpose=purpose,
        from_contact=from_contact,
        promise=promise,
        recurrence=recurrence,
        watcher_ids=list(watcher_ids),
    )
    return make_follow_ups([plan], by=by)[0]


@transaction.atomic
def make_follow_ups(plans: Iterable[FollowUpPlan], *, by) -> list[FollowUp]:
    """All of them in two statements: the rows and their audit entries."""
    plans = list(plans)
    if not plans:
        return []
    made = insert_follow_ups(plans, by=by)
    audit.record_deeds(deeds_of_making(made), by=by)
    return made


def insert_follow_ups(plans: Iterable[FollowUpPlan], *, by) -> list[FollowUp]:
    """The rows alone, for an action that writes its audit entries together with `deeds_of_making`."""
    policy = current_policy()
    made = [follow_up_of(plan, by, policy) for plan in plans]
    FollowUp.objects.bulk_create(made)
    return made


def deeds_of_making(made: Iterable[FollowUp]) -> list[audit.Deed]:
    return [audit.Deed(verb="follow_up.created", obj=row, changes=_as_created(row)) for row in made]


def follow_up_of(plan: FollowUpPlan, by, policy: FirmPolicy) -> FollowUp:
    """The row a plan means, not yet stored."""
    if plan.matter is not None and plan.matter.client_id != plan.client.pk:
        raise ValueError("the matter belongs to another client")
    return FollowUp(
        client=plan.client,
        person=plan.person,
        matter=plan.matter,
        owner=plan.owner,
        title=plan.title.strip()[:200],
        due_at=plan.due_at,
        priority=plan.priority,
        origin=plan.origin,
        purpose=plan.purpose,
        from_contact=plan.from_contact,
        promise=plan.promise,
        trigger=plan.trigger,
        cause=plan.cause,
        cause_facts=plan.cause_facts,
        watcher_ids=plan.watcher_ids,
        delegated_by=by if by is not None and plan.owner != by else None,
        **_series(plan),
        made_by=by,
        remind_at=plan.due_at,
        escalate_at=_escalate_at(plan, policy),
    )


def _series(plan: FollowUpPlan | FollowUp) -> dict:
    if not plan.recurrence:
        return {}
    first = plan.recurs_from or clock.local(plan.due_at, plan.owner).date()
    return {"recurrence": recurrence.anchored(plan.recurrence, first), "recurs_from": first}


def plan_of_next(row: FollowUp) -> list[FollowUpPlan]:
    """The next of a series whose present one is done: the day after it and after today, at the same hour."""
    if not row.recurrence:
        return []
    zone, due = clock.zone_of(row.owner), clock.local(row.due_at, row.owner)
    day = recurrence.next_day(row.recurrence, row.recurs_from, max(due.date(), clock.today(row.owner)))
    if day is None:
        return []
    at = datetime.combine(current_calendar().next_working_day(day), due.time(), tzinfo=zone)
    return [
        FollowUpPlan(
            client=row.client,
            due_at=at,
            owner=row.owner,
            title=row.title,
            person=row.person,
            matter=row.matter,
            priority=row.priority,
            purpose=row.purpose,
            recurrence=recurrence.preset_of(row.recurrence),
            recurs_from=row.recurs_from,
            watcher_ids=row.watcher_ids,
        )
    ]


def _escalate_at(one: FollowUpPlan | FollowUp, policy: FirmPolicy) -> datetime:
    return rules.escalate_at(
        one.due_at,
        one.client.cadence_grade,
        policy.escalate_overdue_days,
        calendar_of(policy),
        clock.zone_of(one.owner),
    )


def _as_created(follow_up: FollowUp) -> dict:
    return {"due_at": [None, follow_up.due_at.isoformat()], "owner": [None, str(follow_up.owner)]}


# -- how it ends ----------------------------------------------------------------------------------------------


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, by, contact) -> FollowUp:
    """Done, by a contact. Raises NotPossible where it was finished already."""
    row = _locked(follow_up)
    row.state = rules.state_after(row.state, rules.FINISH)
    row.done_by_contact = contact
    _end(row, by)
    audit.record(by=by, verb="follow_up.done", obj=row)
    make_follow_ups(plan_of_next(row), by=by)
    _judge_anew_if_complaint(row, by)
    return row


@transaction.atomic
def finish_without_contact(follow_up: FollowUp, *, by, outcome: str) -> FollowUp:
    """Done otherwise than by a contact, with what came of it. A complaint is answered by a contact: ValueError."""
    outcome = outcome.strip()
    if not outcome or follow_up.origin == FollowUpOrigin.COMPLAINT:
        raise ValueError("an outcome is needed, and a complaint needs a contact")
    row = _locked(follow_up)
    check_may_change_follow_up(row, by)
    row.state, row.outcome = rules.state_after(row.state, rules.FINISH), outcome[:300]
    _end(row, by)
    audit.record(by=by, verb="follow_up.done", obj=row, detail={"outcome": row.outcome})
    make_follow_ups(plan_of_next(row), by=by)
    return row


def finish_if_open(follow_up: FollowUp, *, by, contact) -> list[audit.Deed]:
    """Done by a contact being logged, unless somebody did it meanwhile; gives the audit entry to be written with it."""
    done = FollowUp.objects.unscoped().filter(pk=follow_up.pk, state__in=rules.states_that_can(rules.FINISH))
    changed = done.update(**_done(contact, by))
    return [audit.Deed(verb="follow_up.done", obj=follow_up)] if changed else []


def finish_raised(contacts: list, *, by, but: Iterable[FollowUp] = ()) -> list[audit.Deed]:
    """What triggers had raised and these contacts do, without anybody ticking it; gives the audit entries for it.

    Several contacts are the same one with several clients: of one kind, at one time, about no matter.
    """
    first = contacts[0]
    done = done_by(
        first.purposes,
        by_firm=first.initiator == Initiator.FIRM,
        answered=first.answered,
        substantive=is_substantive(first.purposes),
    )
    if not done or clock.now() - first.at > STILL_NEWS:
        return []
    of_client = {contact.client_id: contact for contact in contacts}
    raised = FollowUp.objects.unscoped().filter(client__in=list(of_client), trigger__in=done).unfinished()
    if first.matter_id:
        raised = raised.filter(Q(matter=None) | Q(matter=first.matter_id))
    settled = [row.pk for row in but]
    rows = list(raised.exclude(pk__in=settled).select_for_update(of=("self",), no_key=True))
    if rows:
        by_contact = Case(
            *(When(client=key, then=Value(contact.pk)) for key, contact in of_client.items()),
            output_field=UUIDField(),
        )
        values = _done(first, by) | ({"done_by_contact": by_contact} if len(contacts) > 1 else {})
        FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(**values)
    return [audit.Deed(verb="follow_up.done", obj=row) for row in rows]


def _done(contact, by) -> dict:
    return {
        "state": FollowUpState.DONE,
        "done_by_contact": contact,
        "finished_at": clock.now(),
        "finished_by": by,
        "remind_at": None,
        "escalate_at": None,
        "snoozed_until": None,
        "version": F("version") + 1,
    }


@transaction.atomic
def cancel_follow_up(follow_up: FollowUp, *, by, reason: str) -> FollowUp:
    """No longer to be done. Raises ValueError without a reason, NotPossible when it is not open."""
    reason = reason.strip()
    if not reason:
        raise ValueError("a follow-up is cancelled for a reason")
    row = _locked(follow_up)
    check_may_change_follow_up(row, by)
    return end_for_a_reason(row, by=by, reason=reason)


def end_for_a_reason(row: FollowUp, *, by, reason: str) -> FollowUp:
    """Cancels a row held under its lock, by whoever may change what it comes from."""
    row.state = rules.state_after(row.state, rules.CANCEL)
    row.cancel_reason = reason[:300]
    _end(row, by)
    audit.record(by=by, verb="follow_up.cancelled", obj=row, detail={"reason": row.cancel_reason})
    _judge_anew_if_complaint(row, by)
    return row


def _end(row: FollowUp, by) -> None:
    row.finished_at, row.finished_by = clock.now(), by
    row.remind_at = row.escalate_at = row.snoozed_until = None
    row.version += 1
    row.save()


def _judge_anew_if_complaint(row: FollowUp, by) -> None:
    """A complaint counts as open while its follow-up is unfinished."""
    if row.origin == FollowUpOrigin.COMPLAINT:
        assess_clients([row.client_id], by=by)


def reopen_done_by(contact, *, by) -> list[FollowUp]:
    """What a withdrawn contact had done is to be done after all: its clocks run again."""
    policy = current_policy()
    rows = list(
        FollowUp.objects.unscoped()
        .filter(done_by_contact=contact, state=FollowUpState.DONE)
        .select_related("client", "owner")
        .select_for_update(of=("self",))
    )
    for row in rows:
        row.state = rules.state_after(row.state, rules.REOPEN)
        row.done_by_contact = row.finished_at = row.finished_by = None
        row.remind_at = row.due_at
        row.escalate_at = _escalate_at(row, policy)
        row.version += 1
        row.save()
    audit.record_many(by=by, verb="follow_up.reopened", deeds=[(row, {}) for row in rows])
    return rows


# -- how it changes -------------------------------------------------------------------------------------------


@transaction.atomic
def snooze_follow_up(follow_up: FollowUp, *, by, until: datetime) -> FollowUp:
    """Puts it off; the due date stays what it was. Raises ValueError when `until` has passed."""
    if until <= clock.now():
        raise ValueError("a snooze ends in the future")
    row = _locked(follow_up)
    check_may_change_follow_up(row, by)
    before = row.snoozed_until
    row.state = rules.state_after(row.state, rules.SNOOZE)
    row.snoozed_until = row.remind_at = until
    row.version += 1
    row.save()
    changes = {"snoozed_until": [before.isoformat() if before else None, until.isoformat()]}
    audit.record(by=by, verb="follow_up.snoozed", obj=row, changes=changes)
    return row


def move_follow_up(follow_up: FollowUp, *, by, version: int, day: date) -> FollowUp:
    """To another day, at the hour it had where its owner is."""
    due = clock.local(follow_up.due_at, follow_up.owner)
    moved = datetime.combine(day, due.time(), tzinfo=clock.zone_of(follow_up.owner))
    return change_follow_up(follow_up, by=by, version=version, changes={"due_at": moved})


@transaction.atomic
def change_follow_up(follow_up: FollowUp, *, by, version: int, changes: dict[str, Any]) -> FollowUp:
    """Title, due time, owner, priority, person, matter, purpose. Raises StaleVersion when somebody was quicker."""
    row = _locked(follow_up)
    if row.version != version:
        raise StaleVersion(row)
    check_may_change_follow_up(row, by)
    return apply_changes(row, by=by, changes=changes)


def apply_changes(row: FollowUp, *, by, changes: dict[str, Any]) -> FollowUp:
    """The same for a row held under its lock, by whoever may change what it comes from."""
    told = _set(row, changes)
    if not told:
        return row
    _given_anew(row, told, by)
    if "due_at" in told:
        _due_anew(row)
    elif "owner" in told:
        row.remind_at = rules.remind_at(row.state, row.due_at, row.snoozed_until)  # the new owner is told too
    row.version += 1
    row.save()
    audit.record(by=by, verb=_verb_of(told), obj=row, changes=told, detail={"owner": str(row.owner)})
    return row


def _set(row: FollowUp, changes: dict[str, Any]) -> dict[str, list]:
    """Puts the new values into the row; gives old and new of what differs."""
    told = {}
    for name, new in changes.items():
        if name not in _CHANGEABLE:
            raise ValueError(f"{name} of a follow-up is not changed by hand")
        old = getattr(row, name)
        if old == new or (name == "recurrence" and recurrence.preset_of(old) == new):
            continue
        told[name] = [_plain(old), _plain(new)]
        setattr(row, name, new)
    return told


def _given_anew(row: FollowUp, told: dict, by) -> None:
    """Who gave it to whom, and the series it begins."""
    if "owner" in told:
        row.delegated_by = by if row.owner != by else None
    if "recurrence" in told:
        for name, value in {"recurrence": "", "recurs_from": None, **_series(row)}.items():
            setattr(row, name, value)


_CHANGEABLE = frozenset(
    {"title", "due_at", "owner", "priority", "person", "matter", "purpose", "recurrence", "watcher_ids"}
)


def _due_anew(row: FollowUp) -> None:
    """A new due date wakes a snoozed one and starts its clocks again."""
    if rules.can(row.state, rules.WAKE):
        row.state = rules.state_after(row.state, rules.WAKE)
    row.snoozed_until = None
    row.remind_at = row.due_at
    row.escalate_at = _escalate_at(row, current_policy())


def _verb_of(told: dict) -> str:
    return "follow_up.reassigned" if set(told) == {"owner"} else "follow_up.changed"


def reassign_follow_up(follow_up: FollowUp, *, by, owner) -> FollowUp:
    """Somebody else's now; who gets it is reminded at the due time, at once where that has passed."""
    return change_follow_up(follow_up, by=by, version=follow_up.version, changes={"owner": owner})


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if isinstance(value, int | str | None) else str(value)


def _locked(follow_up: FollowUp) -> FollowUp:
    return (
        FollowUp.objects.unscoped()
        .select_related("client", "owner")
        .select_for_update(of=("self",))
        .get(pk=follow_up.pk)
    )


# -- the next step of the relationship ----------------------------------------------------------------------


@transaction.atomic
def schedule_next_step(client, *, by) -> FollowUp:
    """The suggested next step as a follow-up; the one already planned where there is one.

    It belongs to whoever asks, if they work for the client, else to its responsible lawyer. Raises
    NothingToSuggest for a client without a next step.
    """
    step = _suggested_step(client)
    planned = _already_planned(client, step)
    if planned:
        return planned
    owner = by if _works_for(by, client) else client.responsible
    with translation.override(owner.language or None):
        title = next_step_words(step)
    return create_follow_up(
        by=by,
        client=client,
        title=title,
        due_at=morning_of(current_calendar().next_working_day(step.due_on), clock.zone_of(owner)),
        owner=owner,
        matter=_first_matter(client, step),
        origin=FollowUpOrigin.NEXT_STEP,
        purpose=step.purpose if step.means == next_step.CONTACT else "",
    )


def _suggested_step(client) -> next_step.NextStep:
    current = RelationshipAssessment.objects.current().filter(client=client).first()
    step = next_step.suggest(from_json(current.criteria), clock.today()) if current else None
    if step is None:
        raise NothingToSuggest
    return step


def _already_planned(client, step: next_step.NextStep) -> FollowUp | None:
    """The same step planned before; for a complaint, the follow-up it raised."""
    unfinished = FollowUp.objects.unscoped().filter(client=client).unfinished()
    if step.purpose == Purpose.COMPLAINT:
        return unfinished.filter(origin=FollowUpOrigin.COMPLAINT).first()
    purpose = step.purpose if step.means == next_step.CONTACT else ""
    return unfinished.filter(origin=FollowUpOrigin.NEXT_STEP, purpose=purpose).first()


def _works_for(person, client) -> bool:
    return client.responsible_id == person.pk or client.team.filter(user=person).exists()


def _first_matter(client, step: next_step.NextStep):
    return client.matters.filter(pk=step.matters[0]).first() if step.matters else None
