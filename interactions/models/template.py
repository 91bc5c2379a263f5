"""The firm's own words for messages to clients."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import Language
from interactions.enums import MessageChannel, Occasion
from interactions.queries.care import TemplateQuerySet
from lawcrm.firm.models.base import FirmModel


class MessageTemplate(FirmModel):
    """A text for one occasion, channel and language. The newest that is in use goes before the built-in one.

    It belongs to the firm and to no client; placeholders are checked when it is saved.
    """

    name = models.CharField(pgettext_lazy("template", "name"), max_length=80)
    occasion = models.CharField(_("occasion"), max_length=20, choices=Occasion)
    channel = models.CharField(_("channel"), max_length=20, choices=MessageChannel)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    subject = models.CharField(_("subject"), max_length=150, blank=True)  # of a mail
    body = models.TextField(_("text"), max_length=4000)
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TemplateQuerySet.as_manager()
    wall_paths = {}

    class Meta:
        ordering = ["occasion", "channel", "language", "-id"]
        indexes = [
            models.Index(
                fields=["occasion", "channel", "language", "-id"],
                name="templates_in_use",
                condition=Q(retired_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.name
