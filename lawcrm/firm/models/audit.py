"""The audit trail: what was done, by whom, to what. Rows are added, never changed."""

from django.db import models
from django.db.models import Q

from lawcrm.firm.ids import new_id
from lawcrm.firm.models.wall import Wall
from lawcrm.firm.roles import may


class AuditEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who may read the trail, without what lies behind a wall that stands before them."""
        if not may(user, "audit.read"):
            return self.none()
        rows = self
        for kind in Wall.Kind.values:
            closed = Wall.objects.closed_to(user, kind)
            rows = rows.filter(Q(**{f"{kind}_id__isnull": True}) | ~Q(**{f"{kind}_id__in": closed}))
        return rows


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

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["object_id", "-id"], name="audit_of_object"),
            models.Index(fields=["client_id", "-id"], name="audit_of_client"),
            models.Index(fields=["actor_id", "-id"], name="audit_of_actor"),
        ]

    def __str__(self):
        return f"{self.verb} {self.object_label}"


class AuditRedaction(models.Model):
    """That an entry's personal values were erased, for a person who asked for it (docs/decisions/0110).

    Without this row the database lets nobody touch the entry, and with it nothing can be done but blank label, changes
    and detail. `digest` is the keyed digest of the entry as it was, where a link of the chain covers it: the link goes by
    it from then on. Nobody without the key file can make one. Rows are added, never changed.
    """

    entry_id = models.UUIDField(primary_key=True)
    erasure_id = models.UUIDField()
    key_number = models.PositiveIntegerField(null=True)
    digest = models.BinaryField(max_length=32, null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["erasure_id"], name="redactions_of_erasure")]

    def __str__(self):
        return str(self.entry_id)


class AuditSeal(models.Model):
    """A link of the chain over the trail: a keyed digest of the entries up to `last_id` and of the link before.

    Who may write to the database but has not the key file cannot make another chain; see lawcrm.firm.actions.seals.
    """

    number = models.PositiveIntegerField(primary_key=True)
    last_id = models.UUIDField()
    count = models.PositiveIntegerField()
    key_number = models.PositiveIntegerField()
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"{self.number}: {bytes(self.digest).hex()[:16]}"
