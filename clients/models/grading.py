"""What a client is worth to the firm, the grade that follows, and the plan to make it grow."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.enums import GoalState, Grade, GradeOrigin
from clients.queries.clients import OfClientQuerySet
from clients.queries.grading import DecisionQuerySet, GradingQuerySet
from lawcrm.firm.models.base import FirmModel


class ClientGrading(FirmModel):
    """A client's score as last computed, with its figures, and the two figures people give by hand.

    `points` and `grade` are empty where nothing is on record to judge by. `figures` is the stored form of
    `clients.rules.grading.Score.figures`. The grade that counts stands on the client itself.
    """

    client = models.OneToOneField("clients.Client", models.CASCADE, related_name="grading")
    points = models.FloatField(null=True)
    grade = models.CharField(max_length=1, choices=Grade, blank=True)
    figures = models.JSONField(default=list)
    scored_on = models.DateField(null=True)
    realisation = models.PositiveSmallIntegerField(_("realisation (%)"), null=True, blank=True)
    standing = models.PositiveSmallIntegerField(_("standing (1 to 5)"), null=True, blank=True)
    entered_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    entered_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GradingQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}

    class Meta:
        indexes = [
            models.Index(
                F("points").desc(nulls_last=True),
                F("id").desc(),
                name="gradings_by_points",
                condition=~Q(grade=""),
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(realisation__isnull=True) | Q(realisation__lte=100),
                name="realisation_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(standing__isnull=True) | Q(standing__gte=1, standing__lte=5),
                name="standing_is_1_to_5",
            ),
        ]

    def __str__(self):
        return f"{self.client_id} {self.points}"

    def unite_with(self, other: "ClientGrading") -> None:
        """Figures that people gave the other; the score itself is reckoned anew."""
        if self.realisation is None and self.standing is None:
            self.entered_by, self.entered_on = other.entered_by, other.entered_on
        self.realisation = other.realisation if self.realisation is None else self.realisation
        self.standing = other.standing if self.standing is None else self.standing


class GradeDecision(FirmModel):
    """A grade by hand, with its reason and its end. `ended_at` is set once it no longer counts."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="grade_decisions")
    grade = models.CharField(_("grade"), max_length=1, choices=Grade)
    replaced = models.CharField(max_length=1, choices=Grade, blank=True)  # the grade before, to go back to
    reason = models.CharField(_("reason"), max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(_("until"))
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["client"], name="grade_decision_holding", condition=Q(ended_at__isnull=True))
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="grade_decision_ends_after_start"
            )
        ]

    def __str__(self):
        return f"{self.client_id} {self.grade}"


class GradeChange(FirmModel):
    """One change of a client's grade; the rows are its path."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="grade_changes")
    on = models.DateField()
    old = models.CharField(max_length=1, choices=Grade, blank=True)
    new = models.CharField(max_length=1, choices=Grade, blank=True)
    origin = models.CharField(max_length=10, choices=GradeOrigin)
    points = models.FloatField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")

    objects = OfClientQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["client", "-id"], name="grade_changes_of_client")]

    def __str__(self):
        return f"{self.client_id} {self.old}→{self.new}"


class GrowthPlan(FirmModel):
    """What the firm wants to make of its work for a client, and by when."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="growth_plans")
    aim = models.CharField(_("aim"), max_length=300)
    owner = models.ForeignKey(
        "firm.User", models.PROTECT, related_name="growth_plans", verbose_name=_("owner")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    result = models.TextField(_("result"), blank=True)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfClientQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["client", "-id"], name="growth_plans_of_client")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="growth_plan_ends_after_start"
            )
        ]

    def __str__(self):
        return self.aim


class GrowthGoal(FirmModel):
    plan = models.ForeignKey(GrowthPlan, models.CASCADE, related_name="goals")
    text = models.CharField(_("goal"), max_length=300)
    due_on = models.DateField(_("by"))
    state = models.CharField(max_length=10, choices=GoalState, default=GoalState.OPEN)
    result = models.CharField(_("result"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfClientQuerySet.as_manager()
    wall_paths = {"client": "plan__client_id"}

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.text


class GrowthAction(FirmModel):
    goal = models.ForeignKey(GrowthGoal, models.CASCADE, related_name="actions")
    text = models.CharField(_("action"), max_length=300)
    due_on = models.DateField(_("by"))
    owner = models.ForeignKey(
        "firm.User", models.PROTECT, related_name="growth_actions", verbose_name=_("owner")
    )
    done_on = models.DateField(null=True)
    result = models.CharField(_("result"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfClientQuerySet.as_manager()
    wall_paths = {"client": "goal__plan__client_id"}

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.text
