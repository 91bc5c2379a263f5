"""The door to surveys."""

from lawcrm.firm.access import get_or_404
from surveys.models import SurveyAnswer, SurveyInvitation


def visible_invitations(user):
    return SurveyInvitation.objects.visible_to(user)


def visible_answers(user):
    return SurveyAnswer.objects.visible_to(user)


def get_invitation(user, pk) -> SurveyInvitation:
    """The invitation, or Http404 where it is not the user's to see."""
    return get_or_404(SurveyInvitation.objects.select_related("client"), user, pk)
