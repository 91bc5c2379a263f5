"""The audit trail: what was done, by whom, to what. Rows are added, never changed."""

from django.db import models

from lawcrm.firm.ids import new_id


class AuditEntry(models.Model):
    """One deed. No foreign keys: history outlives what it tells of. A trigger refuses UPDATE and DELETE."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120)
    on_behalf_of = models.CharField(max_length=120, blank=True)
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    object_label = models.CharField(max_length=200, blank=True)
    client_id = models.UUIDField(null=True)
    matter_id = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)
    origin = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_id", "-id"], name="audit_of_object"),
            models.Index(fields=["client_id", "-id"], name="audit_of_client"),
            models.Index(fields=["actor_id", "-id"], name="audit_of_actor"),
        ]

    def __str__(self):
        return f"{self.verb} {self.object_label}"
