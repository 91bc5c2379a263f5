"""What of surveys is older than the firm keeps it."""

from datetime import datetime

from django.db.models import Q

from surveys.models import SurveyInvitation


def over_invitations(before: datetime):
    """Closed so long ago, and still holding whom they went to: unanswered, or with an address."""
    closed = Q(expires_at__lt=before) | Q(revoked_at__lt=before) | Q(answer__answered_at__lt=before)
    return SurveyInvitation.objects.unscoped().filter(closed & (Q(answer__isnull=True) | ~Q(sent_to="")))


def old_answers(before: datetime):
    """Answered invitations: the answer goes with its invitation."""
    return SurveyInvitation.objects.unscoped().filter(answer__answered_at__lt=before)
