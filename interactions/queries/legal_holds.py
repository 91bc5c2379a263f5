"""Complaints that stand against an erasure."""

from datetime import date

from clients.holds import COMPLAINT, Hold
from clients.queries.legal_holds import clients_of
from clients.subjects import Subject
from interactions.enums import FollowUpOrigin
from interactions.models import FollowUp


def complaint_holds(subject: Subject, *, today: date) -> list[Hold]:
    """A complaint is open while the follow-up it raised is unfinished."""
    raised = FollowUp.objects.unscoped().filter(client_id__in=clients_of(subject)).unfinished()
    return [Hold(COMPLAINT)] if raised.filter(origin=FollowUpOrigin.COMPLAINT).exists() else []
