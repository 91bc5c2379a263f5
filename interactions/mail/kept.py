"""How long mail that came in is kept: waiting, or remembered so that it is taken in once."""

from django.utils.translation import gettext_lazy as _

from interactions.queries.mail import old_mail
from lawcrm.firm.retention import Kept, register

register(
    Kept(
        "inbound_mail",
        _("Mail that came in"),
        _("What waits to be logged goes with it; the contacts made of mail stay."),
        old_mail,
        default=90,
        lowest=7,
        always=True,
    )
)
