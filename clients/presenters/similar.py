"""Clients that look like one being written, as remarks on the form."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.presenters.matching import reason_words
from clients.queries.similar import Similar

SHOWN = 4


def cautions(similar: list[Similar]) -> list[tuple[str, str, str]]:
    """(code, text, address) for each; those behind a door are told of once, without a name."""
    told = [_caution(one) for one in similar if one.visible][:SHOWN]
    if any(not one.visible for one in similar):
        text = _("A client you may not see looks the same. Ask the administrator before adding this one.")
        told.append(("hidden", text, ""))
    return told


def _caution(one: Similar) -> tuple[str, str, str]:
    words = {"name": one.client.name, "reasons": reason_words(one.comparison.reasons)}
    text = _("%(name)s may be the same client: %(reasons)s.") % words
    return f"like-{one.client.pk}", text, reverse("clients:detail", args=[one.client.pk])
