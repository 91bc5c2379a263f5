"""Events for clients, and who is invited to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interactions.enums import EventAnswer, EventKind
from interactions.queries.events import EventQuerySet, InvitationQuerySet
from lawcrm.firm.models.base import FirmModel


class Event(FirmModel):
    """A seminar, a dinner, a training. It belongs to the firm; who is invited is seen through the clients."""

    title = models.CharField(pgettext_lazy("event", "title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind, default=EventKind.SEMINAR)
    starts_at = models.DateTimeField(pgettext_lazy("event", "starts"))
    place = models.CharField(pgettext_lazy("event", "place"), max_length=200)
    seats = models.PositiveIntegerField(_("seats"), null=True)
    organiser = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, default=0)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EventQuerySet.as_manager()
    wall_paths = {}

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["-starts_at", "-id"], name="events_by_time")]

    def __str__(self):
        return self.title


class EventInvitation(FirmModel):
    """One guest. Of the link to answer by and of the one on the QR code only hashes are kept."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="event_invitations")
    person = models.ForeignKey("clients.Person", models.CASCADE, null=True, related_name="event_invitations")
    token_hash = models.BinaryField(max_length=32, unique=True)
    door_hash = models.BinaryField(max_length=32, unique=True)
    added_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_to = models.EmailField(blank=True)
    answer = models.CharField(max_length=10, choices=EventAnswer, blank=True)
    answered_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)  # says yes, and all seats were taken
    attended_at = models.DateTimeField(null=True)
    attended_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey("interactions.Contact", models.SET_NULL, null=True, related_name="+")
    follow_up = models.ForeignKey("interactions.FollowUp", models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}
    on_person_merge = {"person": "unite"}

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "client", "person"], name="a_guest_is_invited_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="event_answer_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(waiting_since__isnull=True) | Q(answer="yes"), name="event_waits_who_says_yes"
            ),
            models.CheckConstraint(
                condition=Q(attended_at__isnull=True, attended_by__isnull=True)
                | Q(attended_at__isnull=False, attended_by__isnull=False),
                name="event_attended_by_and_at_together",
            ),
        ]

    def __str__(self):
        return f"{self.event_id} {self.client_id}"

    def unite_with(self, other: "EventInvitation") -> None:
        """What a second invitation to the same guest brought: sent, answered, attended."""
        for first, *rest in (
            ("sent_at", "sent_to"),
            ("answer", "answered_at", "waiting_since"),
            ("attended_at", "attended_by"),
            ("contact",),
            ("follow_up",),
        ):
            if not getattr(self, first):
                for name in (first, *rest):
                    setattr(self, name, getattr(other, name))
