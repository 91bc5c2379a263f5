"""What came after an event: contacts the guests began, and matters they brought, within ninety days."""

from datetime import datetime, timedelta

from interactions.enums import Initiator
from interactions.models import Contact, EventInvitation
from lawcrm.firm import clock
from matters.models import Matter

DAYS = 90


def after_event(event, guests) -> dict:
    """Of those who came. Two statements."""
    clients = guests.filter(attended_at__isnull=False).order_by().values("client_id")
    last = event.starts_at + timedelta(days=DAYS)
    contacts = Contact.objects.standing().filter(
        client_id__in=clients, initiator=Initiator.CLIENT, at__range=(event.starts_at, last)
    )
    days = (clock.local(event.starts_at).date(), clock.local(last).date())
    matters = Matter.objects.filter(client_id__in=clients, accepted_on__range=days)
    return {"contacts": contacts.count(), "matters": matters.count()}


def guests_before(before: datetime):
    """Guests of events so long ago."""
    return EventInvitation.objects.unscoped().filter(event__starts_at__lt=before)
