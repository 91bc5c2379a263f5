"""Walls, and what stands behind them: named by kind, so that the foundation need not know clients or matters."""

from django.apps import apps

from lawcrm.firm.models import Wall

TARGETS = {Wall.Kind.CLIENT: "clients.Client", Wall.Kind.MATTER: "matters.Matter"}


def targets(kind: str):
    """The rows a wall of this kind may stand around."""
    return apps.get_model(TARGETS[kind]).objects.all()


def all_walls():
    return Wall.objects.all()


def walls_closed_to(user):
    """(kind, id) of everything a standing wall closes to the person."""
    return Wall.objects.closing_to(user).values_list("kind", "target_id").distinct()


def standing_walls(user, kind: str | None = None, target_id=None) -> list[Wall]:
    """The walls around what the user sees, newest first, each with its `target` and the names of its people."""
    walls = (
        Wall.objects.standing().visible_to(user).select_related("raised_by").prefetch_related("people__user")
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
