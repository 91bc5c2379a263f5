"""Attachments, seen by those who may see their contact; the bytes only where they are asked for."""

from datetime import datetime

from django.apps import apps

from interactions.queries.contacts import OfContactQuerySet
from lawcrm.firm.sealed import seal_bytes, unseal_bytes

SEALED_AS = {"model": "interactions.attachment", "field": "body"}


class AttachmentQuerySet(OfContactQuerySet):
    def without_body(self):
        return self.defer("body")


def sealed_body(data: bytes, *, attachment_id) -> bytes:
    return seal_bytes(data, row_id=attachment_id, **SEALED_AS)


def body_of(attachment) -> bytes:
    """The file in clear. Raises SealBroken where the bytes are not this row's."""
    return unseal_bytes(attachment.body, row_id=attachment.pk, **SEALED_AS)


def attachments_of(contact) -> list:
    """Those of a contact that came through the door."""
    return list(contact.attachments.without_body().select_related("added_by"))


def files_older_than(before: datetime):
    """Files whose contact was so long ago, and that are still here."""
    model = apps.get_model("interactions", "Attachment")
    return model.objects.filter(contact__at__lt=before, body__isnull=False)
