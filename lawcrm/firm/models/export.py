"""A list on its way out: what was asked for, and the file, sealed piece by piece until it expires."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lawcrm.firm.ids import new_id
from lawcrm.firm.queries.exports import ExportQuerySet


class Export(models.Model):
    class State(models.TextChoices):
        WRITING = "writing", _("Being written")
        READY = "ready", pgettext_lazy("file", "Ready")
        GONE = "gone", pgettext_lazy("file", "Removed")  # expired, or dropped by its maker; the record stays

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    job = models.OneToOneField("firm.Job", models.SET_NULL, null=True, related_name="+")
    listing = models.CharField(max_length=40)  # lawcrm.firm.exporting
    format = models.CharField(max_length=8)
    query = models.TextField(blank=True)  # the list's address
    columns = ArrayField(models.CharField(max_length=60), default=list)
    told = models.JSONField(default=dict)  # {"filter": [...], "columns": [...]} in words, as it was asked for
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=State, default=State.WRITING)
    cursor = models.JSONField(default=dict)  # where the next piece begins
    rights = models.CharField(max_length=64, blank=True)  # a print of what its maker might see
    rows = models.PositiveIntegerField(default=0)
    size = models.PositiveBigIntegerField(default=0)
    file_hash = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["made_by", "-id"], name="export_of_maker")]

    def __str__(self):
        return f"{self.listing} {self.id}"


class ExportPart(models.Model):
    """A piece of the file; the parts joined in order are the file."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="export_part_once")]

    def __str__(self):
        return f"{self.export_id}:{self.number}"
