"""Who could see a client or a matter on a day, from what holds now and what held before (AccessPast)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q

from lawcrm.firm import clock
from lawcrm.firm.models import AccessPast, Department, User, Wall
from lawcrm.firm.roles import PERMISSIONS
from lawcrm.firm.rules.sight import WALL, Onlooker, Sight, Sought, Standing, sight


@dataclass(slots=True)
class Seen:
    """What one person saw of it on the day: from when to when, and why. `since` None: from its beginning."""

    person: User
    why: str
    since: datetime | None = None
    until: datetime | None = None


@dataclass
class DayOfSight:
    """`seen`: who could see it at any moment of the day; `kept_out`: whom a wall kept out all day."""

    day: date
    seen: list[Seen] = field(default_factory=list)
    kept_out: list[User] = field(default_factory=list)
    walls: list[Wall] = field(default_factory=list)
    existed: bool = True


def sight_on(kind: str, target, day: date) -> DayOfSight:
    """Who could see the target on that day of the firm's. A fixed number of statements."""
    past = _Past(kind, target, day)
    told = DayOfSight(day, walls=past.walls, existed=past.existed)
    if not told.existed:
        return told
    stretches: dict[UUID, list[tuple[datetime, Sight]]] = {}
    for moment in past.moments:
        sought = past.sought(moment)
        for person in past.people:
            stretches.setdefault(person.pk, []).append((moment, sight(past.onlooker(person, moment), sought)))
    for person in past.people:
        seen = _stretches(person, stretches[person.pk], past)
        told.seen += seen
        if not seen and all(one.why == WALL for _moment, one in stretches[person.pk]):
            told.kept_out.append(person)
    return told


def _stretches(person: User, sights: list[tuple[datetime, Sight]], past: _Past) -> list[Seen]:
    """The person's sights joined to stretches: the same reason goes on until it ends."""
    found: list[Seen] = []
    for moment, one in sights:
        last = found[-1] if found and found[-1].until is None else None
        if last and (not one.sees or last.why != one.why):
            last.until, last = moment, None
        if one.sees and not last:
            found.append(Seen(person, one.why, None if moment == past.start else moment))
    return found


class _Past:
    """Everything that bears on the target, read once and asked of any moment of the day."""

    def __init__(self, kind: str, target, day: date):
        self.client = getattr(target, "client", target)
        self.start, self.end = _bounds(day)
        self.existed = target.created_at < self.end
        self.people = [one for one in User.objects.all() if one.created_at < self.end]
        self.paths = dict(Department.objects.values_list("pk", "path"))
        self.walls = list(_walls(kind, target, self.client, self.start, self.end))
        self.before: dict[UUID, list[AccessPast]] = {}
        for row in _changes(self.client, self.start):
            self.before.setdefault(row.row_id, []).append(row)

    @property
    def moments(self) -> list[datetime]:
        """Whenever anything changed that day, and its beginning."""
        changed = {row.until for rows in self.before.values() for row in rows}
        changed |= {moment for wall in self.walls for moment in (wall.raised_at, wall.lifted_at) if moment}
        changed |= {one.created_at for one in self.people}
        return [self.start, *sorted(moment for moment in changed if self.start < moment < self.end)]

    def onlooker(self, person: User, moment: datetime) -> Onlooker:
        was = self._was(person.pk, moment)
        department = _key(was.get("department_id", person.department_id))
        return Onlooker(
            id=person.pk,
            active=was.get("is_active", person.is_active) and person.created_at <= max(moment, self.start),
            scope=was.get("scope", person.scope),
            path=self._path(department, moment),
            works="clients.view" in PERMISSIONS[was.get("role", person.role)],
        )

    def sought(self, moment: datetime) -> Sought:
        was = self._was(self.client.pk, moment)
        team = was.get("team_ids", self.client.team_ids)
        return Sought(
            responsible=_key(was.get("responsible_id", self.client.responsible_id)),
            team=frozenset(map(_key, team)),
            path=self._path(_key(was.get("department_id", self.client.department_id)), moment),
            walls=tuple(
                Standing(wall.mode, frozenset(named.user_id for named in wall.people.all()))
                for wall in self.walls
                if wall.raised_at <= moment and (wall.lifted_at is None or wall.lifted_at > moment)
            ),
        )

    def _path(self, department: UUID | None, moment: datetime) -> str:
        if department is None:
            return ""
        return self._was(department, moment).get("path", self.paths.get(department, ""))

    def _was(self, row_id: UUID, moment: datetime) -> dict:
        """The values the row had at the moment; {} where they are those it has now."""
        return next((row.values for row in self.before.get(row_id, ()) if row.until > moment), {})


def _bounds(day: date) -> tuple[datetime, datetime]:
    """The firm's day, up to now where it is still going on."""
    zone = clock.zone_of()
    start, end = (datetime.combine(one, time(), tzinfo=zone) for one in (day, day + timedelta(days=1)))
    return start, min(end, clock.now())


def _changes(client, since: datetime):
    """What changed since, of the client and of everybody, the earliest first."""
    about = Q(kind="client", row_id=client.pk) | Q(kind__in=("user", "department"))
    return AccessPast.objects.filter(about, until__gt=since).order_by("until", "id")


def _walls(kind: str, target, client, start: datetime, end: datetime):
    around = Q(kind=kind, target_id=target.pk) | Q(kind=Wall.Kind.CLIENT, target_id=client.pk)
    stood = Q(lifted_at__isnull=True) | Q(lifted_at__gt=start)
    walls = Wall.objects.filter(around, stood, raised_at__lt=end)
    return walls.select_related("raised_by").prefetch_related("people__user").order_by("raised_at")


def _key(value) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value
