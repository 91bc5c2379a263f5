"""What everybody must know before they speak with a client: stands above the timeline and on the call card."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interactions.queries.must_know import MustKnowQuerySet
from lawcrm.firm.models.base import FirmModel


class MustKnow(FirmModel):
    """Words of one's own, or a contact pinned from the timeline (its confidentiality goes with it)."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="must_know")
    contact = models.ForeignKey(
        "interactions.Contact", models.CASCADE, null=True, blank=True, related_name="pins"
    )
    text = models.CharField(_("must know"), max_length=300, blank=True)
    pinned_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = MustKnowQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "contact__matter_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["client"], name="must_know_of_client")]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], name="contact_is_pinned_once", condition=Q(contact__isnull=False)
            ),
            models.CheckConstraint(
                condition=Q(contact__isnull=True) ^ Q(text=""), name="must_know_says_something_once"
            ),
        ]

    def __str__(self):
        return self.text or str(self.contact)
