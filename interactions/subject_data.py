"""Whose data stands in the contact log and among follow-ups (see clients/subjects.py)."""

from clients.subjects import DELETE, DETACH, KEEP, PRIVILEGED, Held, of_client
from interactions.enums import Confidentiality


def _unless_ordinary(contact) -> str:
    return "" if contact.confidentiality == Confidentiality.ORDINARY else PRIVILEGED


def _of_ordinary(row) -> str:
    return _unless_ordinary(row.contact)


HELD: dict[str, Held] = {
    "interactions.Contact": Held(
        client={"client_id": DELETE},
        person={"people": KEEP},
        review=_unless_ordinary,
        review_fields={"sealed_note": PRIVILEGED},
    ),
    "interactions.Contact.people": Held(client={"contact__client_id": DELETE}, person={"person_id": DELETE}),
    "interactions.ContactRevision": of_client("contact__client_id", review=PRIVILEGED),
    "interactions.Promise": of_client("contact__client_id", review=_of_ordinary),
    "interactions.FollowUp": Held(client={"client_id": DELETE}, person={"person_id": DETACH}),
}
