"""Satisfaction surveys: one invitation, at most one answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.models.base import FirmModel
from surveys.enums import Occasion
from surveys.queries.surveys import AnswerQuerySet, InvitationQuerySet


class SurveyInvitation(FirmModel):
    """A link to the questionnaire. Only a hash of its token is kept; it expires, and answers once."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="survey_invitations")
    person = models.ForeignKey("clients.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    matter = models.ForeignKey("matters.Matter", models.SET_NULL, null=True, blank=True, related_name="+")
    occasion = models.CharField(_("occasion"), max_length=12, choices=Occasion, default=Occasion.REGULAR)
    questionnaire = models.CharField(max_length=40, default="satisfaction")
    language = models.CharField(_("language"), max_length=10, default="en")
    token_hash = models.BinaryField(max_length=32, unique=True)
    sent_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    sent_to = models.EmailField(_("email"), blank=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "matter_id"}
    on_client_merge = {"client": "move"}
    on_person_merge = {"person": "move"}

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["client", "-id"], name="invitations_of_client")]

    def __str__(self):
        return f"{self.client_id} {self.occasion}"


class SurveyAnswer(FirmModel):
    """The answer to an invitation: marks 1-5 by question, recommendation 0-10, free text."""

    invitation = models.OneToOneField(SurveyInvitation, models.CASCADE, related_name="answer")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="survey_answers")
    answered_at = models.DateTimeField()
    marks = models.JSONField()  # question code -> 1..5
    dimension_scores = models.JSONField()  # dimension -> mean of its marks
    score = models.DecimalField(
        max_digits=3, decimal_places=2, null=True
    )  # mean of the answered dimensions, 1-5
    nps = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)

    objects = AnswerQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "invitation__matter_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-answered_at"]
        indexes = [
            models.Index(fields=["client", "-answered_at"], name="answers_of_client"),
            models.Index(fields=["answered_at"], name="answers_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="score_1_to_5"
            ),
            models.CheckConstraint(condition=Q(nps__isnull=True) | Q(nps__lte=10), name="nps_0_to_10"),
        ]

    def __str__(self):
        return f"{self.client_id} {self.score}"
