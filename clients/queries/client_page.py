"""What the client page reads about one client that already came through the door."""

from clients.enums import PersonRole
from clients.models import ClientPerson, ClientTeam, RelationshipAssessment, RelationshipOverride
from lawcrm.firm.models import AuditEntry

_RANKS = {role: rank for rank, role in enumerate(PersonRole.values)}


def people_of(client) -> list[ClientPerson]:
    """The people at the client who have not left, those who decide first."""
    places = ClientPerson.objects.filter(client=client).present().select_related("person")
    return sorted(places, key=lambda place: (_RANKS[place.role], place.created_at))


def team_of(client) -> list:
    """The people of the firm beside the responsible lawyer."""
    places = ClientTeam.objects.filter(client=client).select_related("user")
    return [place.user for place in places.order_by("user__family_name", "user__given_name")]


def current_assessment(client) -> RelationshipAssessment | None:
    return RelationshipAssessment.objects.filter(client=client).current().first()


def holding_override(client, today) -> RelationshipOverride | None:
    return RelationshipOverride.objects.filter(client=client).holding(today).select_related("made_by").first()


def history_of(client, limit: int) -> list[AuditEntry]:
    """The newest deeds on the profile itself.

    Deeds on matters, contacts and surveys have walls and confidentiality of their own: the timeline shows them
    through their own doors.
    """
    deeds = AuditEntry.objects.filter(client_id=client.pk, object_type__startswith="clients.")
    deeds = deeds.exclude(verb="access.denied")  # for the audit trail, not for those who see the client
    return list(deeds.order_by("-id")[:limit])
