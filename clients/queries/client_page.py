"""What the client page reads about one client that already came through the door."""

from django.db.models import Q

from clients.enums import PersonRole
from clients.models import Client, ClientPerson, RelationshipAssessment, RelationshipOverride
from lawcrm.firm.models import AuditEntry, User
from lawcrm.firm.queries.written import Written

_PEOPLE = Written(
    "id", "client_id", "person_id", "roles", "position", "created_at", "person__name", "person__latin_name",
    "person__phone", "person__email",
)  # fmt: skip
_RANKS = {role: rank for rank, role in enumerate(PersonRole.values)}


def people_of(client, user) -> list[ClientPerson]:
    """The people at the client who have not left, those who decide first."""
    places = _PEOPLE.instances(
        ClientPerson,
        user,
        "people",
        {"client": client.pk},
        ClientPerson.objects.filter(client=client).present,
    )
    return sorted(places, key=lambda place: (_rank(place.roles), place.created_at))


def _rank(roles: list[str]) -> int:
    return min((_RANKS[role] for role in roles), default=len(_RANKS))


def team_of(client) -> list[User]:
    """The people of the firm beside the responsible lawyer; nobody is asked where the client names none."""
    if not client.team_ids:
        return []
    return list(User.objects.filter(team_of__client=client).order_by("family_name", "given_name"))


def current_assessment(client) -> RelationshipAssessment | None:
    return RelationshipAssessment.objects.filter(client=client).current().first()


def holding_override(client, today) -> RelationshipOverride | None:
    return RelationshipOverride.objects.filter(client=client).holding(today).select_related("made_by").first()


def history_of(client, limit: int) -> list[AuditEntry]:
    """The newest deeds on the profile itself.

    Deeds on matters, contacts and surveys have walls and confidentiality of their own: the timeline shows them
    through their own doors.
    """
    gone = Q(merged_into=client.pk) | Q(merged_into__merged_into=client.pk)
    gone |= Q(merged_into__merged_into__merged_into=client.pk)
    merged = Client.objects.filter(gone).values(
        "pk"
    )  # their history is the client's own, and of those before them
    deeds = AuditEntry.objects.filter(Q(client_id=client.pk) | Q(client_id__in=merged))
    deeds = deeds.filter(object_type__startswith="clients.")
    deeds = deeds.exclude(verb="access.denied")  # for the audit trail, not for those who see the client
    return list(deeds.order_by("-id")[:limit])
