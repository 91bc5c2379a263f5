"""Follow-ups: what somebody of the firm has yet to do for a client, and by when."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from interactions.enums import FollowUpOrigin, FollowUpState, Priority, Trigger
from interactions.queries.follow_ups import FollowUpQuerySet
from lawcrm.firm.models.base import FirmModel


class FollowUp(FirmModel):
    client = models.ForeignKey(
        "clients.Client", models.PROTECT, related_name="follow_ups", verbose_name=_("client")
    )
    person = models.ForeignKey(
        "clients.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    matter = models.ForeignKey(
        "matters.Matter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("matter"),
    )
    owner = models.ForeignKey("firm.User", models.PROTECT, related_name="follow_ups", verbose_name=_("owner"))
    title = models.CharField(_("what"), max_length=200, blank=True)  # empty: its origin says what
    due_at = models.DateTimeField(_("due"))  # a local hour of the owner's, kept in UTC
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    origin = models.CharField(max_length=12, choices=FollowUpOrigin, default=FollowUpOrigin.HAND)
    # What raised it by itself: the same cause never has two open ones, and one that vanishes closes its own.
    trigger = models.CharField(max_length=16, choices=Trigger, blank=True)
    cause = models.CharField(max_length=120, blank=True, editable=False)
    cause_facts = models.JSONField(default=dict, editable=False)  # days and codes for its reason; no names
    purpose = models.CharField(max_length=20, blank=True)  # the contact purpose that would do it
    from_contact = models.ForeignKey(
        "interactions.Contact", models.SET_NULL, null=True, related_name="next_follow_ups", editable=False
    )
    promise = models.OneToOneField(
        "interactions.Promise", models.SET_NULL, null=True, related_name="follow_up"
    )
    # Comes again: an RFC 5545 rule and the first day of its series; each one done plans the next.
    recurrence = models.CharField(_("repeats"), max_length=120, blank=True)
    recurs_from = models.DateField(null=True, editable=False)
    delegated_by = models.ForeignKey(
        "firm.User", models.PROTECT, null=True, related_name="+", editable=False
    )  # who gave it to the owner
    watcher_ids = ArrayField(models.UUIDField(), default=list, blank=True)  # told when it is late
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=FollowUpState, default=FollowUpState.OPEN)
    snoozed_until = models.DateTimeField(null=True)
    done_by_contact = models.ForeignKey(
        "interactions.Contact", models.SET_NULL, null=True, related_name="did_follow_ups", editable=False
    )
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)
    remind_at = models.DateTimeField(null=True)  # when the next reminder goes out; null once it has
    escalate_at = models.DateTimeField(null=True)  # when it goes to the supervising partner; null once it has
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FollowUpQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "matter_id"}
    on_client_merge = {"client": "move"}
    on_person_merge = {"person": "move"}

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["owner", "due_at"], name="follow_ups_open", condition=Q(state__in=["open", "snoozed"])
            ),
            models.Index(
                fields=["client", "due_at"],
                name="follow_ups_of_client",
                condition=Q(state__in=["open", "snoozed"]),
            ),
            models.Index(
                fields=["due_at", "id"], name="follow_ups_by_due", condition=Q(state__in=["open", "snoozed"])
            ),
            models.Index(
                F("finished_at").desc(nulls_last=True),
                F("id").desc(),
                name="follow_ups_finished",
                condition=Q(finished_at__isnull=False),
            ),
            models.Index(fields=["client"], name="follow_ups_raised", condition=~Q(cause="")),
            GinIndex(fields=["watcher_ids"], name="follow_ups_watched", condition=~Q(watcher_ids=[])),
            models.Index(
                fields=["remind_at"], name="follow_ups_to_remind", condition=Q(remind_at__isnull=False)
            ),
            models.Index(
                fields=["escalate_at"], name="follow_ups_to_escalate", condition=Q(escalate_at__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cause"],
                name="follow_up_cause_has_one_open",
                condition=Q(state__in=["open", "snoozed"]) & ~Q(cause=""),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "snoozed"], finished_at__isnull=True)
                | Q(state__in=["done", "cancelled"], finished_at__isnull=False),
                name="follow_up_finished_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancel_reason=""),
                name="follow_up_cancelled_has_its_reason",
            ),
        ]

    def __str__(self):
        return self.title or str(self.get_origin_display())
