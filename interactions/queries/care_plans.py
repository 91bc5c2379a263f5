"""What preparing care reads: the clients of a plan, the people at them, whose birthday it is. Set by set."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q

from clients.models import Client, ClientPerson
from interactions.enums import CareState
from interactions.models import CarePlan, CareTask
from lawcrm.firm.models import User
from lawcrm.firm.partial_date_field import key_of

_READ = (
    "name", "kind", "language", "responsible_id", "consent_basis", "consent_on", "consent_until",
    "consent_withdrawn_on", "birth_date",
)  # fmt: skip


def clients_of_plan(plan: CarePlan):
    """A client's own plan goes before its grade's. Those in the trash or merged away have none."""
    clients = Client.objects.unscoped().unmerged().filter(trashed_at__isnull=True)
    if plan.client_id:
        return clients.filter(pk=plan.client_id).only(*_READ)
    own = CarePlan.objects.filter(client=OuterRef("pk"))
    return clients.filter(~Exists(own), grade=plan.grade).only(*_READ)


def plan_for(client) -> CarePlan | None:
    """The plan that holds for a client: its own, else its grade's."""
    of_grade = Q(client__isnull=True, grade=client.grade) if client.grade else Q(pk__in=[])
    plans = CarePlan.objects.unscoped().filter(Q(client=client) | of_grade).prefetch_related("steps__owner")
    return plans.order_by(F("client_id").asc(nulls_last=True)).first()


def people_cared_for(client) -> list:
    """The people at a client that came through the door, with their roles there, those on record the longest first."""
    places = ClientPerson.objects.present().filter(client=client).select_related("person")
    people = []
    for place in places.order_by("created_at", "pk"):
        place.person.roles = place.roles
        people.append(place.person)
    return people


def people_to_address(client_ids: list[UUID]) -> dict[UUID, list[tuple]]:
    """{client: [(person, name, language, do not greet, roles), ...]}, those on record the longest first."""
    found: dict[UUID, list[tuple]] = {}
    places = ClientPerson.objects.present().filter(client_id__in=client_ids).order_by("created_at", "pk")
    for client_id, *place in places.values_list(
        "client_id", "person_id", "person__name", "person__language", "person__do_not_greet", "roles"
    ):
        found.setdefault(client_id, []).append(tuple(place))
    return found


def birthdays_of(clients, keys: list[str]):
    """(client, key) of those whose own birthday has one of these keys."""
    near = clients.filter(birth_date__isnull=False).annotate(kept=key_of("birth_date")).filter(kept__in=keys)
    return [(client, client.kept) for client in near.order_by("pk")]


def birthdays_at(clients, keys: list[str]):
    """(client, person, key) of the people at these clients, those left out who do not want to be greeted."""
    places = ClientPerson.objects.present().filter(
        person__birth_date__isnull=False,
        person__do_not_greet=False,
        client_id__in=clients.order_by().values("pk"),
    )
    near = places.annotate(kept=key_of("person__birth_date")).filter(kept__in=keys)
    found = list(near.order_by("created_at", "pk").values_list("client_id", "person_id", "kept"))
    held = clients.in_bulk([client_id for client_id, _person, _key in found])
    return [(held[client_id], person_id, key) for client_id, person_id, key in found]


def count_birthdays(clients) -> tuple[int, int]:
    """How many of these clients, and of the people at them, have a birthday on record that is greeted."""
    people = ClientPerson.objects.present().filter(
        person__birth_date__isnull=False,
        person__do_not_greet=False,
        client_id__in=clients.order_by().values("pk"),
    )
    own = clients.filter(birth_date__isnull=False).count()
    return own, people.order_by().values("person_id").distinct().count()


def fresh_by_owner(since: datetime) -> list[tuple[User, int]]:
    """Who has how much that was prepared since then and waits."""
    rows = CareTask.objects.unscoped().filter(created_at__gte=since, state=CareState.WAITING)
    counts = dict(rows.order_by().values_list("owner_id").annotate(Count("pk")))
    people = User.objects.filter(pk__in=counts, is_active=True).order_by("pk")
    return [(person, counts[person.pk]) for person in people]


def new_plan(*, grade: str, client) -> CarePlan:
    """A plan that is not saved yet."""
    return CarePlan(grade=grade, client=client)
