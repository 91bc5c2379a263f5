"""Clients that look like one being written, as remarks on the form."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Client
from clients.presenters.matching import reason_words
from clients.queries.similar import Similar
from lawcrm.firm.forms.base import Caution

SHOWN = 4


def cautions(similar: list[Similar], edited: Client | None = None) -> list[Caution]:
    """Those behind a door are told of once, without a name. `edited`: the client that whoever asks may merge."""
    told = [_caution(one, edited) for one in similar if one.visible][:SHOWN]
    if any(not one.visible for one in similar):
        text = _("A client you may not see looks the same. Ask the administrator before adding this one.")
        told.append(Caution("hidden", text))
    return told


def _caution(one: Similar, edited: Client | None) -> Caution:
    words = {"name": one.client.name, "reasons": reason_words(one.comparison.reasons)}
    text = _("%(name)s may be the same client: %(reasons)s.") % words
    compare = reverse("clients:merge", args=[one.client.pk, edited.pk]) if edited else ""
    return Caution(f"like-{one.client.pk}", text, reverse("clients:detail", args=[one.client.pk]), compare)
