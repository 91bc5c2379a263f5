"""Walls and their paperwork: raising, telling and acknowledging, reviewing, lifting by two people.

A screen counts only where it is timely, told in writing, acknowledged and looked at again (ABA Model Rule 1.10(a)(2);
docs/security.md). What is told is what whoever raises it writes: the notice shows nothing from behind the wall.
"""

from datetime import date, timedelta

from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.notify import Message, notify_many
from lawcrm.firm.models import User, Wall, WallPerson
from lawcrm.firm.queries.walls import due_for_review, unacknowledged, wall_keepers
from lawcrm.firm.reading import forget_reading

REVIEW_AFTER = timedelta(days=180)
REMIND_EVERY = 7  # days, while somebody has not acknowledged


class SecondPersonNeeded(Exception):
    """Nobody lifts a wall alone: somebody else must have asked for it."""


@transaction.atomic
def raise_wall(
    target,
    *,
    kind: str,
    mode: str,
    people: list[User],
    reason: str,
    by: User,
    notice: str = "",
    review_on: date | None = None,
) -> Wall:
    """A wall around a client or matter. It holds from the commit on, for every page, search, count and job.

    Everybody named is told, in the words of `notice`, and asked to acknowledge it.
    """
    wall = Wall.objects.create(
        kind=kind,
        target_id=target.pk,
        mode=mode,
        reason=reason,
        notice=notice,
        review_on=review_on or clock.today() + REVIEW_AFTER,
        raised_by=by,
    )
    WallPerson.objects.bulk_create([WallPerson(wall=wall, user=person) for person in people])
    names = sorted(person.username for person in people)
    forget_reading()
    record(by=by, verb=f"wall.{mode}", obj=target, changes={"wall": ["", names]}, detail={"reason": reason})
    notify_many([Message(people, "wall.raised", f"wall.raised:{wall.pk}", obj=wall)])
    return wall


@transaction.atomic
def acknowledge(place: WallPerson) -> None:
    """The person named says that they read the notice. Saying it twice changes nothing."""
    held = WallPerson.objects.select_for_update(of=("self",)).select_related("wall", "user").get(pk=place.pk)
    if held.acknowledged_at:
        return
    held.acknowledged_at = clock.now()
    held.save(update_fields=["acknowledged_at"])
    record(by=held.user, verb="wall.acknowledged", obj=held.wall, label="")


@transaction.atomic
def review_wall(wall: Wall, target, *, by: User, review_on: date, note: str) -> None:
    """Somebody looked at the wall again and leaves it standing until the next review."""
    held = Wall.objects.select_for_update(of=("self",)).standing().get(pk=wall.pk)
    before, held.review_on = held.review_on, review_on
    held.save(update_fields=["review_on"])
    changes = {"review_on": [before and before.isoformat(), review_on.isoformat()]}
    record(by=by, verb="wall.reviewed", obj=target, changes=changes, detail={"note": note})


@transaction.atomic
def ask_to_lift(wall: Wall, target, *, by: User, reason: str) -> None:
    """The first of the two: says why the wall may go. It stands until another lifts it."""
    held = Wall.objects.select_for_update(of=("self",)).standing().get(pk=wall.pk)
    held.lift_asked_by, held.lift_asked_at, held.lift_reason = by, clock.now(), reason
    held.save(update_fields=["lift_asked_by", "lift_asked_at", "lift_reason"])
    record(by=by, verb="wall.lift_asked", obj=target, detail={"reason": reason})
    others = [one for one in wall_keepers() if one != by]  # who may not see it is told nothing (wall_notices)
    notify_many([Message(others, "wall.lift_asked", f"wall.lift:{held.pk}:{held.lift_asked_at}", obj=held)])


@transaction.atomic
def leave_standing(wall: Wall, target, *, by: User) -> None:
    """The wish to lift it is taken back, or refused."""
    held = Wall.objects.select_for_update(of=("self",)).standing().get(pk=wall.pk)
    if held.lift_asked_by_id is None:
        return
    held.lift_asked_by, held.lift_asked_at, held.lift_reason = None, None, ""
    held.save(update_fields=["lift_asked_by", "lift_asked_at", "lift_reason"])
    record(by=by, verb="wall.left_standing", obj=target)


@transaction.atomic
def lift_wall(wall: Wall, target, *, by: User) -> None:
    """The second of the two takes the wall away; it stays on record. Lifting it twice changes nothing.

    Raises SecondPersonNeeded where nobody asked for it, or only `by` did.
    """
    standing = Wall.objects.select_for_update(of=("self",)).filter(pk=wall.pk, lifted_at__isnull=True).first()
    if standing is None:
        return
    if standing.lift_asked_by_id in (None, by.pk):
        raise SecondPersonNeeded
    standing.lifted_by, standing.lifted_at = by, clock.now()
    standing.save(update_fields=["lifted_by", "lifted_at"])
    forget_reading()
    detail = {"reason": standing.lift_reason, "asked": str(standing.lift_asked_by)}
    record(by=by, verb="wall.lifted", obj=target, detail=detail)


def remind_of_walls(today: date | None = None) -> None:
    """Each day: asks again, weekly, who has not acknowledged; and tells who keeps the walls which are due for review."""
    today = today or clock.today()
    notify_many([*_acknowledge_again(today), *_reviews_due(today)])


def _acknowledge_again(today: date) -> list[Message]:
    return [
        Message(place.user, "wall.raised", f"wall.raised:{place.wall_id}:{weeks}", obj=place.wall)
        for place in unacknowledged()
        if (weeks := (today - clock.local(place.wall.raised_at).date()).days // REMIND_EVERY)
    ]


def _reviews_due(today: date) -> list[Message]:
    keepers = wall_keepers()
    return [
        Message(keepers, "wall.review", f"wall.review:{wall.pk}:{wall.review_on}", obj=wall)
        for wall in due_for_review(today)
    ]
