"""What lies ahead in a matter: its key dates, and the milestones it is measured by."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lawcrm.firm.models.base import FirmModel
from matters.enums import DateKind
from matters.queries.agenda import KeyDateQuerySet
from matters.queries.matters import OfMatterQuerySet


class KeyDate(FirmModel):
    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="key_dates")
    kind = models.CharField(pgettext_lazy("date", "kind"), max_length=12, choices=DateKind)
    on = models.DateField(_("date"))
    at = models.TimeField(_("time"), null=True, blank=True)
    title = models.CharField(_("what happens"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    owner = models.ForeignKey("firm.User", models.PROTECT, related_name="key_dates", verbose_name=_("owner"))
    done_on = models.DateField(null=True, editable=False)
    done_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+", editable=False)
    called_off = models.BooleanField(default=False, editable=False)  # it ended without having been
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = KeyDateQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["on", "at", "id"]
        indexes = [
            models.Index(fields=["on"], name="key_dates_ahead", condition=Q(done_on__isnull=True)),
            models.Index(fields=["matter", "on"], name="key_dates_of_matter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(called_off=False) | Q(done_on__isnull=False), name="key_date_called_off_on_a_day"
            )
        ]

    def __str__(self):
        return self.title or self.get_kind_display()


class Milestone(FirmModel):
    """A result on the way that the client can see."""

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("planned for"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfMatterQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["due_on", "created_at", "id"]

    def __str__(self):
        return self.title
