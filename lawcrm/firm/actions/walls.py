"""Raising and lifting walls."""

from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.models import User, Wall, WallPerson
from lawcrm.firm.reading import forget_reading


@transaction.atomic
def raise_wall(target, *, kind: str, mode: str, people: list[User], reason: str, by: User) -> Wall:
    """A wall around a client or matter. It holds from the commit on, for every page, search, count and job."""
    wall = Wall.objects.create(kind=kind, target_id=target.pk, mode=mode, reason=reason, raised_by=by)
    WallPerson.objects.bulk_create([WallPerson(wall=wall, user=person) for person in people])
    names = sorted(person.username for person in people)
    forget_reading()
    record(by=by, verb=f"wall.{mode}", obj=target, changes={"wall": ["", names]}, detail={"reason": reason})
    return wall


@transaction.atomic
def lift_wall(wall: Wall, target, *, by: User) -> None:
    """Takes a wall away; it stays on record. Lifting it twice changes nothing."""
    standing = Wall.objects.select_for_update().filter(pk=wall.pk, lifted_at__isnull=True).first()
    if standing is None:
        return
    standing.lifted_by, standing.lifted_at = by, clock.now()
    standing.save(update_fields=["lifted_by", "lifted_at"])
    forget_reading()
    record(by=by, verb="wall.lifted", obj=target, detail={"reason": wall.reason})
