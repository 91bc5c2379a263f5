"""What the bell shows: one notice per person and event, told in the reader's language when read."""

from django.db import models
from django.db.models import Q

from lawcrm.firm.ids import new_id


class Notice(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("firm.User", models.CASCADE, related_name="notices")
    event = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    context = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_of_person"),
            models.Index(fields=["person"], name="notices_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self):
        return self.event
