"""How a merge of clients or people speaks of contacts, follow-ups and care (clients/merging.py)."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.merging import tell


def _contact(row) -> str:
    return f"{date_format(timezone.localtime(row.at), 'DATE_FORMAT')} · {row.get_channel_display()}"


def _of_contact(row) -> str:
    return _contact(row.contact)


def _care(row) -> str:
    return f"{row.get_kind_display()} · {date_format(row.on, 'DATE_FORMAT')}"


def _event(row) -> str:
    return row.event.title


def _must_know(row) -> str:
    return row.text or _contact(row.contact)


tell("interactions.Contact.client", _("Contacts"), place=10, words=_contact)
tell("interactions.FollowUp.client", _("Follow-ups"), place=30)
tell(
    "interactions.MustKnow.client",
    _("What everybody must know"),
    place=35,
    words=_must_know,
    beside=("contact",),
)
tell(
    "interactions.EventInvitation.client",
    _("Invitations to events"),
    place=190,
    words=_event,
    beside=("event",),
)
tell("interactions.CareTask.client", _("Greetings and care"), place=200, words=_care)
tell(
    "interactions.CarePlan.client",
    pgettext_lazy("of one client", "A care plan of its own"),
    place=210,
    words=None,
)
tell("interactions.InboundMail.client", _("Mail that came in"), place=220, words=None)
tell("interactions.ContactDraft.client", _("Contacts begun and not yet logged"), place=230, words=None)

tell(
    "interactions.Contact_people.person",
    _("Contacts they took part in"),
    place=20,
    words=_of_contact,
    beside=("contact",),
)
tell("interactions.FollowUp.person", _("Follow-ups"), place=30)
tell(
    "interactions.EventInvitation.person",
    _("Invitations to events"),
    place=110,
    words=_event,
    beside=("event",),
)
tell("interactions.CareTask.person", _("Greetings and care"), place=120, words=_care)
