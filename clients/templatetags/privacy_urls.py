"""Addresses of a client's privacy pages, or of the same pages of a person there."""

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def subject_url(name: str, client, place=None, *rest) -> str:
    """{% subject_url "privacy" client place %}: of the client, or where `place` is given of the person in that place."""
    if place is None:
        return reverse(f"clients:{name}", args=[client.pk, *rest])
    return reverse(f"clients:{name}_person", args=[client.pk, place, *rest])
