"""Two clients that may be one, and two that were made one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.queries.merging import DuplicatePairQuerySet, MergeRecordQuerySet
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.sealed import SealedTextField


class DuplicatePair(FirmModel):
    """Two clients the finder takes for one, and what a person said to it. `one` is the older key of the two.

    What was decided stays: the finder does not propose the pair again.
    """

    class Verdict(models.TextChoices):
        SAME = "same", _("The same")
        UNSURE = "unsure", _("Perhaps the same")

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        DIFFERENT = "different", _("Two clients")
        MERGED = "merged", _("Merged")

    one = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    other = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    weight = models.PositiveSmallIntegerField(default=0)  # the surest first
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    found_in = models.UUIDField(null=True)  # the finder's last run that saw it

    objects = DuplicatePairQuerySet.as_manager()
    wall_paths = {"client": "one_id"}  # and `other_id`: see DuplicatePairQuerySet
    on_client_merge = {"one": "keep", "other": "keep"}

    class Meta:
        ordering = ["-weight", "id"]
        indexes = [
            models.Index(
                F("weight").desc(), F("id").asc(), name="duplicates_to_decide", condition=Q(state="open")
            )
        ]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="pair_proposed_once")]

    def __str__(self):
        return f"{self.one} / {self.other}"


class MergeRecord(FirmModel):
    """One merge: who did it, and what it takes to undo it exactly.

    `values`: {"set": {field: [before, after]}, "removed": {model: [rows]}} of the kept client, as sealed JSON;
    `moved`: {"app.Model.field": [keys]} of rows that pointed at the absorbed client; `made`: {"app.Model": [keys]} of
    rows the merge itself wrote; `left`: after undoing, what stayed with the kept client.
    """

    kept = models.ForeignKey("clients.Client", models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    values = SealedTextField()
    moved = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    undone_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    left = models.JSONField(default=dict)

    objects = MergeRecordQuerySet.as_manager()
    wall_paths = {"client": "kept_id"}
    on_client_merge = {"kept": "keep", "absorbed": "keep"}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], name="merged_once_at_a_time", condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_and_at_together",
            ),
        ]

    def __str__(self):
        return f"{self.absorbed} → {self.kept}"
