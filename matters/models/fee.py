"""Fees a matter brought in, as far as the relationship needs to know: the volume in a client's score."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.models.base import FirmModel
from matters.queries.fees import FeeQuerySet


class MatterFee(FirmModel):
    """An amount billed on a matter on a day, in the firm's own currency."""

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="fees")
    on = models.DateField(_("date"))
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = FeeQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["matter", "-on"], name="fees_of_matter")]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="fee_is_not_negative"),
        ]

    def __str__(self):
        return f"{self.on} {self.amount}"
