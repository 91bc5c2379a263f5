"""Care: the plans of the firm, and what they ask for day by day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.enums import Grade
from interactions.enums import CareChannel, CareKind, CareState, FestivalName
from interactions.queries.care import PlanQuerySet, StepQuerySet, TaskQuerySet
from lawcrm.firm.models.base import FirmModel


class CarePlan(FirmModel):
    """What is done in the year for the clients of a grade, or for one client. A client's own plan replaces the grade's,
    also where it has no step: then nothing is done by plan."""

    grade = models.CharField(_("grade"), max_length=1, choices=Grade, blank=True)
    client = models.ForeignKey("clients.Client", models.CASCADE, null=True, related_name="care_plans")
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}

    class Meta:
        ordering = ["grade", "id"]
        constraints = [
            models.UniqueConstraint(fields=["grade"], name="one_care_plan_a_grade", condition=~Q(grade="")),
            models.UniqueConstraint(fields=["client"], name="one_care_plan_a_client"),
            models.CheckConstraint(
                condition=Q(grade="", client__isnull=False) | ~Q(grade="") & Q(client__isnull=True),
                name="care_plan_of_a_grade_or_a_client",
            ),
        ]

    def __str__(self):
        return str(self.client) if self.client_id else f"{self.grade} {Grade(self.grade).label}"


class CareStep(FirmModel):
    """One kind of care in a plan: when, how early it is prepared, by whom and how."""

    plan = models.ForeignKey(CarePlan, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=CareKind)
    festivals = ArrayField(models.CharField(max_length=20, choices=FestivalName), default=list, blank=True)
    # visits and the like: on this day of every so many months, from this month of the year on
    first_month = models.PositiveSmallIntegerField(default=3)
    every_months = models.PositiveSmallIntegerField(default=6)
    month_day = models.PositiveSmallIntegerField(default=15)
    lead_days = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=20, choices=CareChannel, default=CareChannel.EMAIL)
    owner = models.ForeignKey(
        "firm.User", models.PROTECT, null=True, related_name="+"
    )  # none: each client's lawyer
    template = models.ForeignKey("interactions.MessageTemplate", models.SET_NULL, null=True, related_name="+")
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0)  # of each time

    objects = StepQuerySet.as_manager()
    wall_paths = {"client": "plan__client_id"}

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="care_step_once_in_a_plan"),
            models.CheckConstraint(
                condition=Q(
                    first_month__range=(1, 12), month_day__range=(1, 28), every_months__range=(1, 12)
                ),
                name="care_step_has_its_day",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class CareTask(FirmModel):
    """One person (or the client itself) to be cared for on one occasion. Unique: nobody is greeted twice for it."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="care_tasks")
    person = models.ForeignKey("clients.Person", models.CASCADE, null=True, related_name="care_tasks")
    plan = models.ForeignKey(CarePlan, models.SET_NULL, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, choices=CareKind)
    occasion = models.CharField(max_length=40)  # "festival:mid_autumn:2026", "birthday:2026", "visit:2026-03"
    on = models.DateField()
    owner = models.ForeignKey("firm.User", models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=20, choices=CareChannel)
    template = models.ForeignKey(
        "interactions.MessageTemplate", models.SET_NULL, null=True, related_name="+", db_index=False
    )
    subject = models.CharField(
        max_length=200, blank=True
    )  # both empty until somebody edits or sends the words
    body = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=10, choices=CareState, default=CareState.WAITING)
    sent_to = models.EmailField(blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+", db_index=False)
    contact = models.ForeignKey("interactions.Contact", models.SET_NULL, null=True, related_name="+")
    skip_reason = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TaskQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}
    on_person_merge = {"person": "unite"}

    class Meta:
        ordering = ["on", "id"]
        indexes = [
            models.Index(
                fields=["owner", "on", "id"], name="care_open", condition=Q(state__in=["waiting", "sending"])
            ),
            models.Index(fields=["on", "id"], name="care_by_day"),
            models.Index(fields=["client", "-on"], name="care_of_client"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "occasion"], name="a_person_is_greeted_once"),
            models.UniqueConstraint(
                fields=["client", "occasion"],
                name="a_client_is_greeted_once",
                condition=Q(person__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at__isnull=True),
                name="care_done_has_its_time",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on}"

    def unite_with(self, other: "CareTask") -> None:
        """Who was greeted under another entry is not greeted again."""
        if other.state == CareState.DONE and self.state != CareState.DONE:
            for name in ("state", "done_at", "done_by", "channel", "sent_to", "contact", "cost"):
                setattr(self, name, getattr(other, name))
            self.skip_reason = ""
