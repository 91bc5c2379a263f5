"""Ethical walls: who is kept from a client or a matter, whatever else they were granted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.ids import new_id
from lawcrm.firm.reading import is_reading, read_once


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

    def closing_to(self, user):
        """The standing walls that keep the user out."""
        named = WallPerson.objects.filter(wall=OuterRef("pk"), user=user)
        return self.standing().filter(
            Q(mode=Wall.Mode.EXCLUDES) & Exists(named) | Q(mode=Wall.Mode.ADMITS) & ~Exists(named)
        )

    def closed_to(self, user, kind: str):
        """Ids of the clients (or matters) that a standing wall closes to the user, as a subquery."""
        return self.closing_to(user).filter(kind=kind).values("target_id")


MOST_BY_KEY = 300
_CLOSED_TO_ALL: dict[str, Callable] = {}


def close_to_all(kind: str, keys: Callable) -> None:
    """Registers what nobody sees for another reason than a wall: `keys()` is a queryset of keys, without parameters."""
    _CLOSED_TO_ALL[kind] = keys


def closed_ids(user, kind: str):
    """What is closed to the user, fit for `__in`: the keys themselves inside a request, a subquery elsewhere.

    A page asks for it a dozen times: once read, nearly always nothing, it costs the statements nothing. Where walls
    are many, the subquery is cheaper than a long list of keys.
    """
    if is_reading():
        closed = read_once(("walls", user.pk), lambda: _few_closed(user))
        if closed is not None:
            return closed.by_kind.get(kind, [])
    walled, for_all = Wall.objects.closed_to(user, kind), _CLOSED_TO_ALL.get(kind)
    return walled.union(for_all(), all=True) if for_all else walled


def has_walls(user) -> bool:
    """Whether a wall closes anything to the user."""
    if is_reading() and (closed := read_once(("walls", user.pk), lambda: _few_closed(user))):
        return closed.has_walls
    return Wall.objects.closing_to(user).exists()


# As WallQuerySet.closing_to says it. Asked by every page, and written out because Django takes longer to write it
# than Postgres to answer it; tests/firm/test_walls_of_a_request.py holds the two against each other.
_CLOSING = """
    SELECT w.kind, w.target_id, true FROM firm_wall w
     WHERE w.lifted_at IS NULL
       AND (w.mode = 'excludes') = EXISTS (
           SELECT 1 FROM firm_wallperson p WHERE p.wall_id = w.id AND p.user_id = %s)"""


@cache
def _closing_statement() -> str:
    others = (
        f" UNION ALL SELECT '{kind}', shut.*, false FROM ({keys().query}) shut"  # noqa: S608 (our own words)
        for kind, keys in _CLOSED_TO_ALL.items()
    )
    return f"{_CLOSING}{''.join(others)} LIMIT %s"


@dataclass(frozen=True)
class FewClosed:
    by_kind: dict[str, list]
    has_walls: bool


def _few_closed(user) -> FewClosed | None:
    """What is closed to the user, by kind; None where that is too much to carry about."""
    with connection.cursor() as cursor:
        cursor.execute(_closing_statement(), [user.pk, MOST_BY_KEY + 1])
        found = cursor.fetchall()
    if len(found) > MOST_BY_KEY:
        return None
    by_kind: dict[str, list] = {}
    for kind, target_id, _is_wall in found:
        by_kind.setdefault(kind, []).append(target_id)
    return FewClosed(by_kind, any(is_wall for _kind, _id, is_wall in found))


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
    notice = models.TextField(_("notice to the people named"), max_length=2000, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True)
    raised_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    # Lifting takes two people: one asks, with a reason, and another lifts.
    lift_asked_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    lift_asked_at = models.DateTimeField(null=True)
    lift_reason = models.CharField(max_length=300, blank=True)
    lifted_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = WallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True, lifted_at__isnull=True)
                | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="wall_lifted_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(lifted_by__isnull=True)
                | Q(lift_asked_by__isnull=True)  # lifted before two people were needed
                | ~Q(lifted_by=models.F("lift_asked_by")),
                name="wall_lifted_by_a_second_person",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.target_id}"


class WallPersonQuerySet(models.QuerySet):
    def addressed_to(self, user):
        """The standing walls that name the person: what they were told, never what lies behind."""
        return self.filter(user=user, wall__lifted_at__isnull=True)


class WallPerson(models.Model):
    wall = models.ForeignKey(Wall, models.CASCADE, related_name="people")
    user = models.ForeignKey("firm.User", models.CASCADE, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)  # they read the notice and said so

    objects = WallPersonQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wall", "user"], name="wall_names_a_person_once")]

    def __str__(self):
        return f"{self.wall_id}: {self.user_id}"
