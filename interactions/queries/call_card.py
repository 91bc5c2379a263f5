"""What one must have at hand before speaking with a client that came through the door; a statement each."""

from interactions.enums import FollowUpOrigin, Purpose
from interactions.models import Contact, FollowUp, Promise
from matters.models import MatterProgress

CONTACTS, PROMISES = 4, 8


def last_contacts(client, user) -> list[Contact]:
    """The latest conversations, with who took part."""
    rows = Contact.objects.of_client(client, user).standing().select_related("with_lawyer")
    rows = rows.defer("sealed_note").prefetch_related("people")
    return list(rows.order_by("-at", "-id")[:CONTACTS])


def last_complaint(client, user) -> Contact | None:
    rows = Contact.objects.of_client(client, user).standing().filter(purposes__contains=[Purpose.COMPLAINT])
    return rows.defer("sealed_note").order_by("-at", "-id").first()


def open_promises(client, user) -> list[Promise]:
    rows = Promise.objects.open_of(client, user).select_related("owner", "contact", "follow_up")
    rows = rows.defer("contact__sealed_note").order_by("by_firm", "due_on", "created_at")
    return list(rows[:PROMISES])


def open_complaints(client, user) -> int:
    rows = FollowUp.objects.of_client(client, user).unfinished()
    return rows.filter(origin=FollowUpOrigin.COMPLAINT).count()


def last_progress(matters) -> dict:
    """{matter id: its latest progress}."""
    rows = MatterProgress.objects.filter(matter__in=[matter.pk for matter in matters])
    return {row.matter_id: row for row in rows.order_by("matter_id", "-on", "-id").distinct("matter_id")}
