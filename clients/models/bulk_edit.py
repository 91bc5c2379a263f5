"""One deed on many clients, with what it found and what it left: enough to take it back."""

from django.db import models

from clients.queries.bulk_edits import BulkChangeQuerySet, BulkEditQuerySet
from lawcrm.firm.models.base import FirmModel


class BulkEdit(FirmModel):
    """`selection` says which clients were meant, `params` what was to be done; both as the action reads them."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        UNDOING = "undoing"
        UNDONE = "undone"

    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    action = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    selection = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    job = models.ForeignKey("firm.Job", models.SET_NULL, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = BulkEditQuerySet.as_manager()
    wall_paths = {}

    def __str__(self):
        return self.action


class BulkChange(models.Model):
    """What became of one client.

    `before` and `after` hold what the action wrote over and what it wrote: codes and ids, never words about a client.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        SAME = "same"  # was so already
        REFUSED = "refused"  # not this person's to change, or gone
        UNDONE = "undone"
        KEPT = "kept"  # changed by somebody since: left as it is

    edit = models.ForeignKey(BulkEdit, models.CASCADE, related_name="changes")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = BulkChangeQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edit", "client"], name="bulk_edit_meets_a_client_once")
        ]
        indexes = [models.Index(fields=["edit", "state", "id"], name="bulk_changes_left")]

    def __str__(self):
        return f"{self.edit_id}: {self.client_id}"
