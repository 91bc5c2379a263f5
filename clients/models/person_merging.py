"""Two people on record that may be one, and two that were made one (the same for clients: merging.py)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models.merging import DuplicatePair
from clients.queries.person_merging import PersonMergeQuerySet, PersonPairQuerySet
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.sealed import SealedTextField


class PersonPair(FirmModel):
    """Two people the finder takes for one. `one` is the older key of the two; what was decided stays."""

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        DIFFERENT = "different", _("Two people")
        MERGED = "merged", pgettext_lazy("people", "Merged")

    one = models.ForeignKey("clients.Person", models.CASCADE, related_name="+")
    other = models.ForeignKey("clients.Person", models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=10, choices=DuplicatePair.Verdict)
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    weight = models.PositiveSmallIntegerField(default=0)  # the surest first
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    found_in = models.UUIDField(null=True)  # the finder's last run that saw it

    objects = PersonPairQuerySet.as_manager()
    wall_paths = {}  # seen through the people, and those through their clients
    on_person_merge = {"one": "keep", "other": "keep"}

    class Meta:
        ordering = ["-weight", "id"]
        indexes = [
            models.Index(
                F("weight").desc(), F("id").asc(), name="people_to_decide", condition=Q(state="open")
            )
        ]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="people_proposed_once")]

    def __str__(self):
        return f"{self.one} / {self.other}"


class PersonMerge(FirmModel):
    """One merge of two people: who did it, and what it takes to undo it exactly.

    `values`: {"set": {field: [before, after]}, "places": {key: [before, after]}, "removed": {model: [rows]}} as sealed
    JSON; `moved`: {"app.Model.field": [keys]}; `made`: {"app.Model": [keys]} of rows the merge itself wrote.
    """

    kept = models.ForeignKey("clients.Person", models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey("clients.Person", models.CASCADE, related_name="+")
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    values = SealedTextField()
    moved = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    undone_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    left = models.JSONField(default=dict)

    objects = PersonMergeQuerySet.as_manager()
    wall_paths = {}
    on_person_merge = {"kept": "keep", "absorbed": "keep"}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], name="person_merged_once", condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="person_merge_undone_by_and_at",
            ),
        ]

    def __str__(self):
        return f"{self.kept} + {self.absorbed}"
