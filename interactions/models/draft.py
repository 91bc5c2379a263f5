"""What somebody is about to log: kept as typed until it is logged, thrown away or too old."""

from django.db import models

from interactions.queries.drafts import DraftQuerySet
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.sealed import SealedTextField


class ContactDraft(FirmModel):
    """The fields of a log form as they stood last, sealed: they may hold a confidential note.

    Each form has a draft of its own, so that two tabs never write over each other.
    """

    owner = models.ForeignKey("firm.User", models.CASCADE, related_name="contact_drafts")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="contact_drafts")
    fields = SealedTextField()  # JSON: {name: [values]}
    call_started_at = models.DateTimeField(null=True)  # a call is running since
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DraftQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["client", "owner"], name="drafts_of_client")]

    def __str__(self):
        return f"{self.owner_id} {self.client_id}"
