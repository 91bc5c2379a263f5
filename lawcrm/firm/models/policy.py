"""Versions of the firm's policy. The newest one holds; older ones are the history."""

from django.db import models

from lawcrm.firm.ids import new_id


class PolicyVersion(models.Model):
    """What differs from the defaults in `lawcrm.firm.policy.FirmPolicy`, as one complete set of values."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    values = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]

    def __str__(self):
        return f"v{self.number}"
