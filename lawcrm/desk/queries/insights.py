"""The figures of the partner's dashboard, each counted behind the reader's own door."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from clients.access import visible_clients
from clients.models import Client, FirmSnapshot, RelationshipAssessment
from clients.queries.clients import CADENCE_RANK, within
from lawcrm.firm import clock
from lawcrm.firm.models import Department, User, Wall
from lawcrm.firm.roles import Scope
from surveys.access import visible_answers


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of the reader's clients have this grade and type."""

    grade: str
    type: int | None
    clients: int


@dataclass(frozen=True, slots=True)
class Place:
    """How many of them a lawyer looks after for a department, and how many of those have gone quiet."""

    responsible_id: UUID
    department_id: UUID | None
    clients: int
    quiet: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Every client the reader sees, counted by what they are and by where they are looked after."""

    cells: list[Cell]
    places: list[Place]

    @property
    def clients(self) -> int:
        return sum(cell.clients for cell in self.cells)

    @property
    def quiet(self) -> int:
        return sum(place.quiet for place in self.places)


def standing(user, today: date) -> Standing:
    """Two statements, each answered from the index client_standing alone."""
    clients = visible_clients(user).order_by()
    cells = clients.values_list("grade", "relationship_type").annotate(n=Count("*"))
    places = clients.values_list("responsible_id", "department_id").annotate(
        n=Count("*"), quiet=Count("quiet_from", filter=Q(quiet_from__lte=today))
    )
    return Standing([Cell(*row) for row in cells], [Place(*row) for row in places])


def gone_quiet(user, today: date, limit: int) -> list[Client]:
    """The clients silent beyond their grade's cadence: key clients first, then the longest silence."""
    return list(
        visible_clients(user)
        .filter(quiet_from__lte=today)
        .select_related("responsible")
        .only("name", "grade", "relationship_type", "last_contact_at", "quiet_from", "responsible")
        .order_by(CADENCE_RANK, "quiet_from", "pk")[:limit]
    )


def moves(user, since: date) -> dict[tuple[int, int], int]:
    """How often clients moved from one type to another since a day: {(from, to): clients}."""
    rows = (
        within(RelationshipAssessment.objects.moves(), visible_clients(user))
        .filter(assessed_on__gte=since)
        .order_by()
        .values_list("previous_type", "type")
        .annotate(n=Count("pk"))
    )
    return {(before, after): n for before, after, n in rows}


def satisfaction(user, since: date) -> dict:
    """Score, NPS and dimensions of the answers since a day (surveys.queries.surveys.AnswerQuerySet.figures)."""
    return visible_answers(user).filter(answered_at__gte=clock.start_of(since, user)).figures()


def trend(user, months: list[date]) -> dict[date, Counter]:
    """Clients of each type at the end of each month (given by its first day), as the reader may count them.

    Whoever sees the whole firm reads the stored snapshots, less the clients behind a wall closed to them; everybody
    else sees few enough clients for the path of each to be added up.
    """
    if user.scope != Scope.FIRM:
        return _trend_from_paths(visible_clients(user), months)
    shut = Q(pk__in=Wall.objects.closed_to(user, Wall.Kind.CLIENT)) | Q(trashed_at__isnull=False)
    walled = Client.objects.unscoped().filter(shut)
    counts = _trend_from_snapshots(months)
    hidden = _trend_from_paths(walled, months)
    return {month: Counter(counts[month]) - hidden[month] for month in months}


def _trend_from_snapshots(months: list[date]) -> dict[date, Counter]:
    rows = (
        FirmSnapshot.objects.filter(month__in=months, type__isnull=False)
        .order_by()
        .values_list("month", "type")
        .annotate(n=Sum("clients"))
    )
    counts: dict[date, Counter] = defaultdict(Counter)
    for month, relationship_type, n in rows:
        counts[month][relationship_type] = n
    return counts


def _trend_from_paths(clients: QuerySet, months: list[date]) -> dict[date, Counter]:
    """Adds up the stored assessments: each brings a client to its type and takes it from the type before."""
    rows = (
        within(RelationshipAssessment.objects.all(), clients)
        .order_by()
        .values_list(TruncMonth("assessed_on"), "type", "previous_type")
        .annotate(n=Count("pk"))
    )
    gains: dict[date, Counter] = defaultdict(Counter)
    for month, after, before, n in rows:
        gains[month][after] += n
        gains[month][before] -= n
    counts, running = {}, Counter()
    ahead = sorted(gains)
    for month in sorted(months):
        while ahead and ahead[0] <= month:
            running.update(gains[ahead.pop(0)])
        counts[month] = Counter({kind: n for kind, n in running.items() if kind is not None and n > 0})
    return counts


def departments() -> dict[UUID, Department]:
    """Every department by id."""
    return Department.objects.in_bulk()


def people_named(ids) -> dict[UUID, User]:
    """The people behind the ids."""
    return User.objects.only("given_name", "family_name", "name_zh").in_bulk(list(ids))
