"""Ethical walls: who is kept from a client or a matter, whatever else they were granted."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.ids import new_id


def _ids(rows):
    return rows.order_by().values("pk")


class WallQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The walls around what the user sees: nobody learns of a wall they stand outside of."""
        from lawcrm.firm.queries.walls import targets

        around = [
            Q(kind=kind, target_id__in=_ids(targets(kind).visible_to(user))) for kind in Wall.Kind.values
        ]
        return self.filter(around[0] | around[1])

    def standing(self):
        return self.filter(lifted_at__isnull=True)

    def closed_to(self, user, kind: str):
        """Ids of the clients (or matters) that a standing wall closes to the user, as a subquery."""
        named = WallPerson.objects.filter(wall=OuterRef("pk"), user=user)
        return (
            self.standing()
            .filter(kind=kind)
            .filter(Q(mode=Wall.Mode.EXCLUDES) & Exists(named) | Q(mode=Wall.Mode.ADMITS) & ~Exists(named))
            .values("target_id")
        )


class Wall(models.Model):
    """A wall around one client or matter. The foundation knows the id only, not what stands behind it."""

    class Mode(models.TextChoices):
        EXCLUDES = "excludes", _("Keeps the named people out")
        ADMITS = "admits", _("Admits the named people only")

    class Kind(models.TextChoices):
        CLIENT = "client", _("Client")
        MATTER = "matter", _("Matter")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    target_id = models.UUIDField(db_index=True)
    mode = models.CharField(max_length=10, choices=Mode)
    reason = models.CharField(_("reason"), max_length=300)
    raised_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = WallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="wall_lifted_by_and_at_together",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.target_id}"


class WallPerson(models.Model):
    wall = models.ForeignKey(Wall, models.CASCADE, related_name="people")
    user = models.ForeignKey("firm.User", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wall", "user"], name="wall_names_a_person_once")]

    def __str__(self):
        return f"{self.wall_id}: {self.user_id}"
