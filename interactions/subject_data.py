"""Whose data stands in the contact log and among follow-ups (see clients/subjects.py)."""

from django.db.models import Q

from clients.subjects import DELETE, DETACH, KEEP, PRIVILEGED, By, Held, of_client
from interactions.access import visible_contacts
from interactions.enums import Confidentiality


def _unless_ordinary(contact) -> str:
    return "" if contact.confidentiality == Confidentiality.ORDINARY else PRIVILEGED


def _of_ordinary(row) -> str:
    return _unless_ordinary(row.contact)


def _read_with(path: str):
    """Rows that are read by whoever reads their contact: a confidential one by those who work on the client."""
    return lambda rows, user: rows.filter(**{f"{path}__in": visible_contacts(user).order_by().values("pk")})


HELD: dict[str, Held] = {
    "interactions.Contact": Held(
        client={"client_id": DELETE},
        person={"people": KEEP},
        review=_unless_ordinary,
        review_fields={"sealed_note": PRIVILEGED},
        readable=_read_with("pk"),
    ),
    "interactions.Contact.people": Held(
        client={"contact__client_id": DELETE},
        person={"person_id": DELETE},
        readable=_read_with("contact"),
    ),
    "interactions.ContactRevision": of_client(
        "contact__client_id", review=PRIVILEGED, readable=_read_with("contact")
    ),
    "interactions.Promise": of_client(
        "contact__client_id", review=_of_ordinary, readable=_read_with("contact")
    ),
    "interactions.Attachment": of_client(
        "contact__client_id", review=PRIVILEGED, readable=_read_with("contact")
    ),
    "interactions.ContactDraft": of_client(
        review=PRIVILEGED, readable=lambda rows, user: rows.filter(owner=user)
    ),
    "interactions.MailAddress": Held(by=By.TEXT),
    "interactions.InboundMail": of_client(
        review=PRIVILEGED, readable=lambda rows, user: rows.filter(owner=user)
    ),
    "interactions.MustKnow": of_client(
        readable=lambda rows, user: rows.filter(
            Q(contact__isnull=True) | Q(contact__in=visible_contacts(user).order_by().values("pk"))
        ),
    ),
    "interactions.FollowUp": Held(client={"client_id": DELETE}, person={"person_id": DETACH}),
    "interactions.MessageTemplate": Held(by=By.TEXT),
    "interactions.CarePlan": of_client(wordless=True),
    "interactions.CareStep": of_client("plan__client_id", wordless=True),
    "interactions.CareTask": Held(client={"client_id": DELETE}, person={"person_id": DELETE}),
    "interactions.Event": Held(by=By.TEXT),
    "interactions.EventInvitation": Held(client={"client_id": DELETE}, person={"person_id": DELETE}),
}
