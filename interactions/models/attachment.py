"""What goes with a contact: a paper named where it lies, or a small file kept here, sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interactions.queries.attachments import AttachmentQuerySet
from lawcrm.firm.models.base import FirmModel


class Attachment(FirmModel):
    """A reference (`address`: a link into the document system, or a number there) or a file (`body`).

    `media_type` is what the file's own bytes say it is. A body is removed when the firm keeps files no longer; the
    row still says what there was.
    """

    contact = models.ForeignKey("interactions.Contact", models.CASCADE, related_name="attachments")
    name = models.CharField(_("name"), max_length=200)
    address = models.CharField(_("where it is"), max_length=500, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the file in clear
    body = models.BinaryField(null=True, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)
    added_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = AttachmentQuerySet.as_manager()
    wall_paths = {"client": "contact__client_id", "matter": "contact__matter_id"}

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(address="", digest=""), name="attachment_is_a_reference_or_a_file"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_file(self) -> bool:
        return bool(self.digest)
