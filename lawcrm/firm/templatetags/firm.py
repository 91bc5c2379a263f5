"""Permissions, names and form keys in templates."""

import secrets

from django import template
from django.utils.html import format_html

from lawcrm.firm import roles

register = template.Library()


@register.filter
def may(user, permission):
    """{% if user|may:"clients.import" %}"""
    return roles.may(user, permission)


@register.filter
def person(user):
    """A user's name as the reader's language orders it; a dash for nobody."""
    return user.display_name if user else "–"


@register.simple_tag
def idempotency_key():
    """A hidden field that makes sending the form twice one effect."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', secrets.token_urlsafe(18))
