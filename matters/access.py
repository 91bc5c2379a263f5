"""The door to matters."""

from lawcrm.firm.access import get_or_404
from matters.models import Matter


def visible_matters(user):
    return Matter.objects.visible_to(user)


def get_matter(user, pk) -> Matter:
    """The matter, or Http404 where it is not the user's to see."""
    return get_or_404(Matter.objects.select_related("client", "responsible"), user, pk)
