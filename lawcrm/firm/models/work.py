"""Work that lasts: Postgres holds the record, Celery only wakes whoever is due."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.ids import new_id
from lawcrm.firm.queries.jobs import JobQuerySet


class Job(models.Model):
    """A long piece of work cut into chunks; what a chunk wrote and how far it came commit together."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    requested_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    cursor = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["lease_until"], name="job_open", condition=Q(state__in=["waiting", "running"])
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.id}"


class Outbox(models.Model):
    """One effect on the outside: this event, to this person, by this channel, once."""

    class State(models.TextChoices):
        WAITING = "waiting"
        HELD = "held"  # goes out with the person's next morning mail
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"  # killed between sending and noting it: told as such, never sent again by itself
        DROPPED = "dropped"  # no longer the person's to know

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event = models.CharField(max_length=60)
    key = models.CharField(max_length=160)
    person = models.ForeignKey("firm.User", models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    context = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    within = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+"
    )  # the morning mail that tells it
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "person", "channel"], name="outbox_once_per_person_and_channel"
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_waiting", condition=Q(state__in=["waiting", "sending"])
            ),
            models.Index(fields=["person", "id"], name="outbox_held", condition=Q(state="held")),
        ]

    def __str__(self):
        return f"{self.event} {self.channel}"


class ScheduledRun(models.Model):
    """Periodic work, once per local date, whoever ticks and however often."""

    job = models.CharField(max_length=60)
    local_date = models.DateField()
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # tries since the last part that got done
    cursor = models.JSONField(default=dict)  # how far work in parts has come
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "local_date"], name="scheduled_once_a_day")]

    def __str__(self):
        return f"{self.job} {self.local_date}"


class Heartbeat(models.Model):
    """When a part of the machinery (worker, beat) was last seen alive and working."""

    name = models.CharField(primary_key=True, max_length=40)
    seen_at = models.DateTimeField()

    def __str__(self):
        return self.name


class IdempotencyKey(models.Model):
    """The answer to a POST, kept for a day so that the same form sent twice has one effect.

    `user` is empty where nobody is signed in (a client answering a survey): the key alone names the sender then.
    The body is sealed: it may show a client.
    """

    user = models.ForeignKey("firm.User", models.CASCADE, null=True, related_name="+")
    route = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "route", "key"], name="one_effect_per_key", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.route} {self.key}"
