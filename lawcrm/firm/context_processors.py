"""What the shell of every page needs."""

from django.conf import settings


def shell(request):
    """Whether the gallery is open; everything else in the shell comes from the request itself."""
    return {"in_production": settings.PRODUCTION}
