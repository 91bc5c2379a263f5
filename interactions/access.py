"""The door to contacts and follow-ups."""

from interactions.models import Contact, FollowUp
from lawcrm.firm.access import get_or_404


def visible_contacts(user):
    return Contact.objects.visible_to(user)


def get_contact(user, pk) -> Contact:
    """The contact, or Http404 where it is not the user's to see."""
    return get_or_404(
        Contact.objects.select_related("client", "matter", "with_lawyer", "logged_by"), user, pk
    )


def visible_follow_ups(user):
    return FollowUp.objects.visible_to(user)


def get_follow_up(user, pk) -> FollowUp:
    return get_or_404(FollowUp.objects.select_related("client", "owner", "matter"), user, pk)
