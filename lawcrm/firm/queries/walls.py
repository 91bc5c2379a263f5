"""Walls, and what stands behind them: named by kind, so that the foundation need not know clients or matters."""

from django.apps import apps
from django.db.models import F, Q

from lawcrm.firm.models import User, Wall, WallPerson
from lawcrm.firm.roles import PERMISSIONS

TARGETS = {Wall.Kind.CLIENT: "clients.Client", Wall.Kind.MATTER: "matters.Matter"}


def targets(kind: str):
    """The rows a wall of this kind may stand around."""
    return apps.get_model(TARGETS[kind]).objects.all()


def all_walls():
    return Wall.objects.all()


def wall_keepers() -> list[User]:
    """Whoever may raise and lift walls; which of them sees what stands behind one, its door says."""
    roles = [role for role, held in PERMISSIONS.items() if "walls.edit" in held]
    return list(User.objects.filter(role__in=roles, is_active=True))


def unacknowledged():
    """The places of people who were told of a standing wall and have not said that they read it."""
    standing = WallPerson.objects.filter(wall__lifted_at__isnull=True, user__is_active=True)
    return standing.filter(acknowledged_at__isnull=True).select_related("wall", "user")


def due_for_review(today):
    """Those whose day has come, and those from before walls had one."""
    return Wall.objects.standing().filter(Q(review_on__lte=today) | Q(review_on__isnull=True))


def places_of(user) -> list[WallPerson]:
    """The user's own places in standing walls that name them: what they were told, the unconfirmed first."""
    places = WallPerson.objects.addressed_to(user).select_related("wall__raised_by")
    return list(places.order_by(F("acknowledged_at").desc(nulls_first=True), "-wall__raised_at"))


def kept_wall(user, wall_id):
    """A standing wall around something the user sees; None where it is not theirs to see."""
    return Wall.objects.standing().visible_to(user).filter(pk=wall_id).first()


def walls_closed_to(user):
    """(kind, id) of everything a standing wall closes to the person."""
    return Wall.objects.closing_to(user).values_list("kind", "target_id").distinct()


def standing_walls(user, kind: str | None = None, target_id=None) -> list[Wall]:
    """The walls around what the user sees, newest first, each with its `target` and the names of its people."""
    walls = (
        Wall.objects.standing()
        .visible_to(user)
        .select_related("raised_by", "lift_asked_by")
        .prefetch_related("people__user")
    )
    if kind:
        walls = walls.filter(kind=kind, target_id=target_id)
    found = list(walls.order_by("-raised_at")[:500])
    for one in Wall.Kind.values:
        ids = {wall.target_id for wall in found if wall.kind == one}
        rows = targets(one).visible_to(user).in_bulk(ids) if ids else {}
        for wall in found:
            if wall.kind == one:
                wall.target = rows.get(wall.target_id)
    return [wall for wall in found if wall.target]
