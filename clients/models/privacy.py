"""Requests of people about their own data: erasures asked for, holds that stand against them, what must stay erased."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.enums import ErasureState, SubjectKind
from clients.queries.privacy import PrivacyQuerySet
from lawcrm.firm.models.base import FirmModel


class LegalHold(FirmModel):
    """Nothing of this client or person may be erased, until somebody lifts the hold."""

    subject_kind = models.CharField(max_length=6, choices=SubjectKind)
    subject_id = models.UUIDField(db_index=True)
    reason = models.CharField(_("reason"), max_length=300)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+", editable=False)

    objects = PrivacyQuerySet.as_manager()
    wall_paths = {}  # by the id of a client or a person: clients/queries/privacy.py

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_by_and_at_together",
            )
        ]

    def __str__(self):
        return self.reason


class ErasureRequest(FirmModel):
    """Somebody asked to be erased. Kept, with what became of it; once done it names nobody."""

    subject_kind = models.CharField(max_length=6, choices=SubjectKind)
    subject_id = models.UUIDField(db_index=True)  # no relation: it outlives its subject
    label = models.CharField(max_length=200, blank=True)
    basis = models.CharField(_("who asks, and how we know it is them"), max_length=300, blank=True)
    state = models.CharField(max_length=6, choices=ErasureState, default=ErasureState.OPEN)
    holds = models.JSONField(default=list)  # [{code, until}] that stood against it when last looked at
    counts = models.JSONField(default=dict)  # rows erased, by table
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    job = models.OneToOneField(
        "firm.Job", models.SET_NULL, null=True, related_name="+"
    )  # that carries it out
    checked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = PrivacyQuerySet.as_manager()
    wall_paths = {}

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(label="", basis="", done_at__isnull=False),
                name="erasure_done_names_nobody",
            )
        ]

    def __str__(self):
        return self.label or str(self.pk)


class Suppression(models.Model):
    """That a record was erased: a keyed hash of its id and nothing else, so that a restore erases it again."""

    digest = models.BinaryField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=6, choices=SubjectKind)
    erased_at = models.DateTimeField()
    list_mark = models.CharField(max_length=16, default="")  # of the list whose key made the hash

    wall_paths = {}

    def __str__(self):
        return bytes(self.digest).hex()[:16]
