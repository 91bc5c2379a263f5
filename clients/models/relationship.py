"""What the relationship was judged to be, when, and why."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.enums import Grade, RelationshipType
from clients.queries.relationship import MOVED, AssessmentQuerySet, OverrideQuerySet
from lawcrm.firm.models.base import FirmModel


class RelationshipAssessment(FirmModel):
    """One judgement. A new row is written only when type or reasons change, so the rows are the client's path.

    `criteria` is the stored form of `clients.rules.relationship.Assessment` (see relationship_stored).
    `current` marks the newest of each client; `type` is empty where evidence was insufficient.
    """

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="assessments")
    type = models.PositiveSmallIntegerField(choices=RelationshipType, null=True)
    previous_type = models.PositiveSmallIntegerField(choices=RelationshipType, null=True)
    insufficient = models.BooleanField(default=False)
    criteria = models.JSONField(default=dict)
    next_step = models.CharField(max_length=40, blank=True)
    fingerprint = models.CharField(max_length=32, editable=False)
    assessed_on = models.DateField()
    current = models.BooleanField(default=True)

    objects = AssessmentQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "keep"}  # said of that client alone; a merge judges the united one anew

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"], name="one_current_assessment", condition=Q(current=True)
            ),
        ]
        indexes = [
            models.Index(fields=["client", "-id"], name="assessments_of_client"),
            models.Index(fields=["assessed_on"], name="relationship_moves", condition=MOVED),
        ]

    def __str__(self):
        return f"{self.client_id} {self.assessed_on}"


class RelationshipOverride(FirmModel):
    """A partner's own judgement, for a while and with a reason; the assessed type stays visible beside it."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="overrides")
    type = models.PositiveSmallIntegerField(choices=RelationshipType)
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(_("until"))
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = OverrideQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="override_ends_after_start")
        ]

    def __str__(self):
        return f"{self.client_id} {self.type}"


class FirmSnapshot(models.Model):
    """The firm's distribution at the end of a month: one row per month, department, lawyer, grade and type."""

    month = models.DateField()  # its first day
    department = models.ForeignKey("firm.Department", models.CASCADE, null=True, related_name="+")
    responsible = models.ForeignKey("firm.User", models.CASCADE, related_name="+")
    grade = models.CharField(max_length=1, choices=Grade, blank=True)
    type = models.PositiveSmallIntegerField(choices=RelationshipType, null=True)
    clients = models.PositiveIntegerField()

    wall_paths = {}  # counts without names

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "department", "responsible", "grade", "type"],
                name="snapshot_cell_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.month} {self.type}: {self.clients}"
