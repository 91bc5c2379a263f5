"""The door to surveys."""

from lawcrm.firm.access import get_or_404
from lawcrm.firm.queries.written import Written
from surveys.models import SurveyAnswer, SurveyInvitation


def visible_invitations(user):
    return SurveyInvitation.objects.visible_to(user)


def visible_answers(user):
    return SurveyAnswer.objects.visible_to(user)


_OF_CLIENT = Written(
    "id", "client_id", "occasion", "created_at", "expires_at", "revoked_at", "sent_by_id", "sent_by__given_name",
    "sent_by__family_name", "sent_by__name_zh", "answer__id", "answer__answered_at", "answer__marks",
    "answer__dimension_scores", "answer__score", "answer__nps", "answer__text",
)  # fmt: skip


def invitations_of(client, user, limit: int) -> list[SurveyInvitation]:
    """The newest invitations of a client that came through the door, with their answers."""

    def rows():
        return SurveyInvitation.objects.of_client(client, user).order_by("-id")[:limit]

    found = _OF_CLIENT.instances(SurveyInvitation, user, limit, {"client": client.pk}, rows)
    for invitation in found:
        invitation.client = client
    return found


def get_invitation(user, pk) -> SurveyInvitation:
    """The invitation, or Http404 where it is not the user's to see."""
    return get_or_404(SurveyInvitation.objects.select_related("client"), user, pk)
