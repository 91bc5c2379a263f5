"""How a merge of clients or people speaks of matters and conflict checks (clients/merging.py)."""

from django.utils.translation import gettext_lazy as _

from clients.merging import leave_untold, tell


def _matter(row) -> str:
    return " · ".join(filter(None, (row.number, row.title)))


tell("matters.Matter.client", _("Matters"), place=20, words=_matter)
tell("matters.ConflictCheck.client", _("Conflict checks"), place=240)
tell("matters.ConflictHit.client", _("Found in conflict checks"), place=250)
tell("matters.ConflictHit.person", _("Found in conflict checks"), place=130)
leave_untold("matters.ConflictHit.via_client")
