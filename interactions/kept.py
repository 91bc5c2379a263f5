"""What of the contact log does not last for ever (lawcrm/firm/retention.py)."""

from django.utils.translation import gettext_lazy as _

from interactions.actions.attachments import forget_bodies
from interactions.queries.attachments import files_older_than
from interactions.queries.drafts import old_drafts
from lawcrm.firm.retention import Kept, register

register(
    Kept(
        "contact_drafts",
        _("Contacts begun and not logged"),
        _("What somebody began to write and never saved."),
        old_drafts,
        default=30,
        lowest=1,
        always=True,
    )
)
register(
    Kept(
        "contact_files",
        _("Files with contacts"),
        _("Small files added to contacts. Their names stay, the files themselves go."),
        files_older_than,
        lowest=365,
        forget=forget_bodies,
    )
)
