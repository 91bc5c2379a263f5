"""Forgetting whom a survey went to."""

from surveys.models import SurveyInvitation


def forget_invitations(rows, most: int) -> int:
    """Deletes the unanswered and takes the address from the answered; how many of both."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    part = SurveyInvitation.objects.unscoped().filter(pk__in=keys)
    part.filter(answer__isnull=True).delete()
    part.update(sent_to="")
    return len(keys)
