"""Two clients or people that may be one, and two that were made one."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.queries.merging import (
    DuplicatePairQuerySet,
    MergeRecordQuerySet,
    PersonMergeQuerySet,
    PersonPairQuerySet,
)
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.sealed import SealedTextField


class Verdict(models.TextChoices):
    SAME = "same", _("The same")
    UNSURE = "unsure", _("Perhaps the same")


class Pair(FirmModel):
    """Two that the finder takes for one, and what a person said to it. `one` is the older key of the two.

    What was decided stays: the finder does not propose the pair again.
    """

    verdict = models.CharField(max_length=10, choices=Verdict)
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    weight = models.PositiveSmallIntegerField(default=0)  # the surest first
    decided_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    found_in = models.UUIDField(null=True)  # the finder's last run that saw it

    class Meta:
        abstract = True
        ordering = ["-weight", "id"]

    def __str__(self):
        return f"{self.one} / {self.other}"


def _queue(name: str) -> models.Index:
    return models.Index(F("weight").desc(), F("id").asc(), name=name, condition=Q(state="open"))


class Merge(FirmModel):
    """One merge: who did it, and what it takes to undo it exactly (clients/actions/merge_rows.py).

    `values`: the kept profile's fields and the rows that changed or were taken out, as sealed JSON; `moved`:
    {"app.Model.field": [keys]} of rows that pointed at the absorbed one; `made`: {"app.Model": [keys]} of rows the merge
    itself wrote; `left`: after undoing, what stayed with the kept one.
    """

    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    values = SealedTextField()
    moved = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    undone_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    left = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ["-id"]

    def __str__(self):
        return f"{self.absorbed} → {self.kept}"


def _once_at_a_time(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["absorbed"], name=name, condition=Q(undone_at__isnull=True))


def _undone_by_and_at(name: str) -> models.CheckConstraint:
    undone = Q(undone_at__isnull=False, undone_by__isnull=False)
    return models.CheckConstraint(
        condition=Q(undone_at__isnull=True, undone_by__isnull=True) | undone, name=name
    )


class DuplicatePair(Pair):
    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        DIFFERENT = "different", _("Two clients")
        MERGED = "merged", _("Merged")

    one = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    other = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    objects = DuplicatePairQuerySet.as_manager()
    wall_paths = {"client": "one_id"}  # and `other_id`: see DuplicatePairQuerySet
    on_client_merge = {"one": "keep", "other": "keep"}

    class Meta(Pair.Meta):
        indexes = [_queue("duplicates_to_decide")]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="pair_proposed_once")]


class MergeRecord(Merge):
    kept = models.ForeignKey("clients.Client", models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")

    objects = MergeRecordQuerySet.as_manager()
    wall_paths = {"client": "kept_id"}
    on_client_merge = {"kept": "keep", "absorbed": "keep"}

    class Meta(Merge.Meta):
        constraints = [
            _once_at_a_time("merged_once_at_a_time"), _undone_by_and_at("merge_undone_by_and_at_together"),
        ]  # fmt: skip


class PersonPair(Pair):
    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        DIFFERENT = "different", _("Two people")
        MERGED = "merged", pgettext_lazy("people", "Merged")

    one = models.ForeignKey("clients.Person", models.CASCADE, related_name="+")
    other = models.ForeignKey("clients.Person", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    objects = PersonPairQuerySet.as_manager()
    wall_paths = {}  # seen through the people, and those through their clients
    on_person_merge = {"one": "keep", "other": "keep"}

    class Meta(Pair.Meta):
        indexes = [_queue("people_to_decide")]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="people_proposed_once")]


class PersonMerge(Merge):
    kept = models.ForeignKey("clients.Person", models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey("clients.Person", models.CASCADE, related_name="+")

    objects = PersonMergeQuerySet.as_manager()
    wall_paths = {}
    on_person_merge = {"kept": "keep", "absorbed": "keep"}

    class Meta(Merge.Meta):
        constraints = [
            _once_at_a_time("person_merged_once"), _undone_by_and_at("person_merge_undone_by_and_at"),
        ]  # fmt: skip
