"""The classes of data of clients that do not last for ever (lawcrm/firm/retention.py)."""

from django.utils.translation import gettext_lazy as _

from clients.actions.dormant import erase_dormant
from clients.queries.kept import dormant_clients, looks, staged_imports
from lawcrm.firm.retention import Kept, register

register(
    Kept(
        "imports",
        _("Rows of imported files"),
        _("What was read from a file. An import can be taken back as long as they are there."),
        staged_imports,
        default=30,
        lowest=1,
        always=True,
    )
)
register(Kept("looks", _("Recently viewed"), _("Who looked at which client last."), looks, lowest=7))
register(
    Kept(
        "dormant",
        _("Clients without contact"),
        _("No contact for so long: erased as on request, unless something stands against it."),
        dormant_clients,
        lowest=365,
        forget=erase_dormant,
        part=3,  # each reads through every text of the firm
    )
)
