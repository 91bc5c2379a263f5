"""Addresses for mails: where LawCRM is reached from outside."""

from django.conf import settings


def absolute(path: str) -> str:
    """A page's full address."""
    return settings.PUBLIC_URL.rstrip("/") + path
