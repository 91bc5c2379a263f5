"""The matters a relationship is judged by."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from clients.evidence import EvidenceLink, register
from matters.access import visible_matters


def matter_links(user, client_id: UUID, since: date) -> dict[UUID, EvidenceLink]:
    """All matters of the client, by title."""
    rows = visible_matters(user).filter(client_id=client_id).order_by().values_list("pk", "title")
    return {pk: EvidenceLink(title, reverse("matters:detail", args=[pk])) for pk, title in rows}


register("matters", matter_links)
