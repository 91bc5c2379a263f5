"""What decided who sees what, as it was: kept by triggers, so that no way of writing forgets it."""

from django.db import models


class AccessPast(models.Model):
    """The values a row had until a moment. What holds now stands in the row itself.

    kind "user": role, scope, department_id, is_active; "department": path; "client": responsible_id, team_ids,
    department_id. Written by the triggers of firm 0009 and of the client migration beside it, on each change.
    """

    kind = models.CharField(max_length=10)
    row_id = models.UUIDField()
    values = models.JSONField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["row_id", "until"], name="access_past_of_row")]

    def __str__(self):
        return f"{self.kind} {self.row_id} until {self.until}"
