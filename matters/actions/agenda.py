"""Key dates and milestones: set, changed, done. The matter's next date is the first key date still ahead."""

from datetime import date

from django.db import transaction
from django.db.models import F

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.conflicts import StaleVersion
from matters.models import KeyDate, Matter, Milestone


@transaction.atomic
def add_date(matter, *, by, kind: str, on: date, owner=None, **fields) -> KeyDate:
    """Sets a key date; without an owner it is the responsible lawyer's."""
    made = KeyDate.objects.create(
        matter=matter, kind=kind, on=on, owner=owner or matter.responsible, **fields
    )
    retell_dates(matter)
    record(by=by, verb="matter.date_added", obj=made, label=matter.title, detail={"on": on.isoformat()})
    return made


@transaction.atomic
def change_date(key_date: KeyDate, *, by, version: int, changes: dict) -> KeyDate:
    """Raises StaleVersion when somebody saved in between."""
    held, told = _changed(KeyDate, key_date, version, changes)
    if told:
        retell_dates(held.matter)
        record(by=by, verb="matter.date_changed", obj=held, label=held.matter.title, changes=told)
    return held


@transaction.atomic
def finish_date(key_date: KeyDate, *, by) -> bool:
    """Ticks the date off; False where it was done already."""
    return _end(key_date, by, "matter.date_done", called_off=False)


@transaction.atomic
def call_off_date(key_date: KeyDate, *, by) -> bool:
    """It will not be: calendars take it away. False where it was done or called off already."""
    return _end(key_date, by, "matter.date_called_off", called_off=True)


def _end(key_date: KeyDate, by, verb: str, *, called_off: bool) -> bool:
    ended = KeyDate.objects.filter(pk=key_date.pk, done_on__isnull=True).update(
        done_on=clock.today(),
        done_by=by,
        called_off=called_off,
        version=F("version") + 1,
        updated_at=clock.now(),
    )
    if ended:
        retell_dates(key_date.matter)
        record(by=by, verb=verb, obj=key_date, label=key_date.matter.title)
    return bool(ended)


@transaction.atomic
def set_milestone(matter, *, by, title: str, due_on: date | None = None) -> Milestone:
    made = Milestone.objects.create(matter=matter, title=title, due_on=due_on)
    record(by=by, verb="matter.milestone", obj=made, label=matter.title)
    return made


@transaction.atomic
def change_milestone(milestone: Milestone, *, by, version: int, changes: dict) -> Milestone:
    """Raises StaleVersion when somebody saved in between."""
    held, told = _changed(Milestone, milestone, version, changes)
    if told:
        record(by=by, verb="matter.milestone_changed", obj=held, label=held.matter.title, changes=told)
    return held


def _changed(model, row, version: int, changes: dict):
    """The row as it is now, with the changes saved, and what is told of them."""
    held = model.objects.select_for_update(of=("self",)).select_related("matter").get(pk=row.pk)
    if held.version != version:
        raise StaleVersion(held)
    told = {
        name: [str(getattr(held, name) or ""), str(value or "")]
        for name, value in changes.items()
        if getattr(held, name) != value
    }
    for name in told:
        setattr(held, name, changes[name])
    if told:
        held.version += 1
        held.save()
    return held, told


@transaction.atomic
def reach_milestone(milestone: Milestone, *, by, on: date) -> bool:
    """False where it was reached already."""
    reached = Milestone.objects.filter(pk=milestone.pk, reached_on__isnull=True).update(
        reached_on=on, version=F("version") + 1, updated_at=clock.now()
    )
    if reached:
        record(by=by, verb="matter.milestone_reached", obj=milestone, label=milestone.matter.title)
    return bool(reached)


def retell_dates(matter) -> None:
    """The matter's next date is the first key date still ahead."""
    first = KeyDate.objects.filter(matter=matter, done_on__isnull=True).order_by("on", "at", "id").first()
    matter.next_date = first.on if first else None
    matter.next_date_note = str(first) if first else ""
    Matter.objects.filter(pk=matter.pk).update(
        next_date=matter.next_date, next_date_note=matter.next_date_note[:200], updated_at=clock.now()
    )
