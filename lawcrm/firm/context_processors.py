"""What the shell of every page needs."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from lawcrm.firm.queries.notices import unread_count


def shell(request):
    """Whether the gallery is open, and the bell's figure, counted only where the bell is drawn."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {
        "in_production": settings.PRODUCTION,
        "unread_notices": SimpleLazyObject(lambda: unread_count(user)) if signed_in else 0,
    }
