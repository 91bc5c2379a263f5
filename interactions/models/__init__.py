from interactions.models.attachment import Attachment
from interactions.models.care import CarePlan, CareStep, CareTask
from interactions.models.contact import Contact, ContactRevision, Promise
from interactions.models.draft import ContactDraft
from interactions.models.event import Event, EventInvitation
from interactions.models.follow_up import FollowUp
from interactions.models.mail import InboundMail, MailAddress
from interactions.models.must_know import MustKnow
from interactions.models.template import MessageTemplate

__all__ = [
    "Attachment",
    "CarePlan",
    "CareStep",
    "CareTask",
    "Contact",
    "ContactDraft",
    "ContactRevision",
    "Event",
    "EventInvitation",
    "FollowUp",
    "InboundMail",
    "MailAddress",
    "MessageTemplate",
    "MustKnow",
    "Promise",
]
