"""What of the contact log does not last for ever (lawcrm/firm/retention.py)."""

from django.utils.translation import gettext_lazy as _

from interactions.actions.attachments import forget_bodies
from interactions.actions.care import forget_words
from interactions.queries.attachments import files_older_than
from interactions.queries.care_tasks import ended_before, letters_before
from interactions.queries.drafts import old_drafts
from interactions.queries.event_effect import guests_before
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
register(
    Kept(
        "care_letters",
        _("Letters of care"),
        _("The words of greetings and other care, and the address they went to. That they were sent stays."),
        letters_before,
        lowest=90,
        forget=forget_words,
    )
)
register(
    Kept(
        "care_tasks",
        _("Care done"),
        _("Who was cared for on which occasion, a year and more ago. The contacts made of it stay."),
        ended_before,
        lowest=400,
    )
)
register(
    Kept(
        "event_guests",
        _("Guests of events"),
        _("Who was invited, what they answered, who came. The contacts made of it stay."),
        guests_before,
        lowest=180,
    )
)
