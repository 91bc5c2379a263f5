"""Conflict checks: which names were asked, what was found, and who decided what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lawcrm.firm import clock
from lawcrm.firm.models.base import FirmModel
from matters.enums import Decision, HitReason, HitSource, PartyRole
from matters.queries.conflicts import ConflictCheckQuerySet, ConflictHitQuerySet


class ConflictCheck(FirmModel):
    """One run over the firm's names, kept as it was found.

    `subjects` are the names asked: [{"name", "other_names", "kind", "role"}]. Without client and matter it is a
    check of a prospect, seen by who asked and by the conflicts desk alone.
    """

    client = models.ForeignKey(
        "clients.Client", models.CASCADE, null=True, blank=True, related_name="conflict_checks"
    )
    matter = models.ForeignKey(
        "matters.Matter", models.CASCADE, null=True, blank=True, related_name="conflict_checks"
    )
    purpose = models.CharField(_("what it is for"), max_length=300, blank=True)
    subjects = models.JSONField(default=list, editable=False)
    asked_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")
    run_at = models.DateTimeField(default=clock.now, editable=False)
    hit_count = models.PositiveIntegerField(default=0, editable=False)
    is_current = models.BooleanField(default=True, editable=False)  # the newest check of its matter
    decision = models.CharField(
        _("decision"), max_length=10, choices=Decision, blank=True, default="", editable=False
    )
    reason = models.TextField(_("reason"), blank=True, editable=False)
    decided_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    # The decision was taken over from this earlier check, which had the same hits
    follows = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+", editable=False)

    objects = ConflictCheckQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "matter_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="conflict_checks_by_age"),
            models.Index(
                fields=["-created_at", "-id"], name="conflict_checks_waiting", condition=Q(decision="")
            ),
            models.Index(fields=["matter", "-created_at"], name="conflict_checks_of_matter"),
            models.Index(
                fields=["-created_at"], name="conflict_checks_refused", condition=Q(decision="refused")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | ~Q(decision="") & Q(decided_at__isnull=False),
                name="conflict_decision_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["waived", "refused"]) | ~Q(reason=""),
                name="conflict_decision_has_its_reason",
            ),
        ]

    def __str__(self):
        return ", ".join(subject["name"] for subject in self.subjects[:3])[:200]

    @property
    def reference(self) -> str:
        """What the certificate is cited by."""
        return f"CC-{self.created_at:%Y%m%d}-{self.pk.hex[-6:].upper()}"


class ConflictHit(FirmModel):
    """A name on record that agrees with one that was asked, as it stood then."""

    check_run = models.ForeignKey(ConflictCheck, models.CASCADE, related_name="hits")
    subject = models.PositiveSmallIntegerField()  # which of the names asked
    asked_name = models.CharField(max_length=200)
    source = models.CharField(max_length=10, choices=HitSource)
    client = models.ForeignKey(
        "clients.Client", models.CASCADE, null=True, blank=True, related_name="conflict_hits"
    )
    via_client = models.ForeignKey("clients.Client", models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey("clients.Person", models.CASCADE, null=True, blank=True, related_name="+")
    matter = models.ForeignKey("matters.Matter", models.CASCADE, null=True, blank=True, related_name="+")
    party = models.ForeignKey("matters.Party", models.SET_NULL, null=True, blank=True, related_name="+")
    colleague = models.ForeignKey("firm.User", models.CASCADE, null=True, blank=True, related_name="+")
    known_name = models.CharField(max_length=200)
    known_role = models.CharField(max_length=20, choices=PartyRole, blank=True)
    link_kind = models.CharField(max_length=20, blank=True)  # of clients.enums.LinkKind
    reasons = ArrayField(models.CharField(max_length=12, choices=HitReason), default=list)
    strength = models.PositiveSmallIntegerField(default=0)
    adverse = models.BooleanField(default=False)

    objects = ConflictHitQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "matter_id"}
    on_client_merge = {"client": "move", "via_client": "move"}
    on_person_merge = {"person": "move"}

    class Meta:
        ordering = ["subject", "-adverse", "-strength", "known_name", "id"]

    def __str__(self):
        return f"{self.asked_name}: {self.known_name}"
