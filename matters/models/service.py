"""What is done for the client and what it costs: service plans, and money owed."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lawcrm.firm.models.base import FirmModel
from matters.queries.agenda import ReceivableQuerySet
from matters.queries.matters import OfMatterQuerySet


class ServicePlan(FirmModel):
    """A service plan (服务方案) answers needs of the client; the needs name it (`Need.service_plan_id`)."""

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="service_plans")
    title = models.CharField(_("title"), max_length=200)
    content = models.TextField(_("content"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    fee = models.DecimalField(
        _("fee"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    people = models.ManyToManyField(
        "firm.User", blank=True, related_name="+", verbose_name=_("people assigned")
    )
    agreed_on = models.DateField(_("client agreed on"), null=True, blank=True)
    agreed_by = models.CharField(_("agreed by"), max_length=120, blank=True)
    feedback = models.TextField(_("the client's feedback"), blank=True)
    improvement = models.TextField(_("what is improved"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfMatterQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.title


class Receivable(FirmModel):
    """An invoice of a matter: what is owed, by when, and how much of it came."""

    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="receivables")
    invoice_number = models.CharField(_("invoice number"), max_length=60, blank=True)
    title = models.CharField(_("what for"), max_length=200, blank=True)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    issued_on = models.DateField(_("issued on"))
    due_on = models.DateField(_("due on"))
    received = models.DecimalField(
        _("received"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)]
    )
    received_on = models.DateField(_("last received on"), null=True, blank=True)
    voided_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = ReceivableQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["matter", "due_on"], name="receivables_of_matter"),
            models.Index(
                fields=["due_on", "id"],
                name="receivables_owed",
                condition=Q(voided_at__isnull=True, received__lt=F("amount")),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("amount")), name="no_more_received_than_owed"),
        ]

    def __str__(self):
        return self.invoice_number or self.title or pgettext_lazy("money", "Receivable")
