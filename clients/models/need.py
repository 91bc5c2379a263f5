"""What a client needs: one item each, on its way from found to satisfied."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import BusinessField, Extent, FoundBy, NeedLayer, NeedStatus, Urgency
from clients.queries.clients import OfClientQuerySet
from clients.queries.needs import NeedQuerySet
from lawcrm.firm.models.base import FirmModel


class Need(FirmModel):
    client = models.ForeignKey(
        "clients.Client", models.CASCADE, related_name="needs", verbose_name=_("client")
    )
    title = models.CharField(_("what they need"), max_length=200)
    layer = models.CharField(_("layer"), max_length=12, choices=NeedLayer)
    field = models.CharField(_("field of law"), max_length=20, choices=BusinessField, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency, default=Urgency.NORMAL)
    found_by = models.CharField(_("how it was found"), max_length=14, choices=FoundBy)
    found_on = models.DateField(_("found on"))
    person = models.ForeignKey(
        "clients.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who said so"),
    )
    owner = models.ForeignKey("firm.User", models.PROTECT, related_name="needs", verbose_name=_("owner"))
    due_on = models.DateField(_("wanted by"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    feasibility = models.PositiveSmallIntegerField(
        pgettext_lazy("need", "feasibility"), choices=Extent, null=True, blank=True
    )
    risk = models.PositiveSmallIntegerField(
        pgettext_lazy("need", "risk"), choices=Extent, null=True, blank=True
    )
    cost = models.PositiveSmallIntegerField(
        pgettext_lazy("need", "cost"), choices=Extent, null=True, blank=True
    )
    assessment = models.TextField(_("assessment"), blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=NeedStatus, default=NeedStatus.IDENTIFIED, editable=False
    )
    drop_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)
    ended_on = models.DateField(null=True, editable=False)
    # The service plan that answers it. Plans belong to matters, which lie above; they set it by `link_plan`.
    service_plan_id = models.UUIDField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NeedQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}
    on_person_merge = {"person": "move"}

    class Meta:
        ordering = ["urgency", "found_on", "id"]
        indexes = [
            models.Index(fields=["client", "status"], name="needs_of_client"),
            models.Index(fields=["found_on", "id"], name="needs_by_age"),
            models.Index(fields=["status", "found_on", "id"], name="needs_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="dropped") | ~Q(drop_reason=""), name="need_dropped_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["satisfied", "dropped"], ended_on__isnull=False)
                | (~Q(status__in=["satisfied", "dropped"]) & Q(ended_on__isnull=True)),
                name="need_ended_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["identified", "dropped"])
                | Q(feasibility__isnull=False, risk__isnull=False, cost__isnull=False),
                name="need_assessed_before_it_is_planned",
            ),
        ]

    def __str__(self):
        return self.title


class NeedStep(FirmModel):
    """One step of a need on its way."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="steps")
    origin = models.CharField(max_length=12, choices=NeedStatus, blank=True)
    target = models.CharField(max_length=12, choices=NeedStatus)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = OfClientQuerySet.as_manager()
    wall_paths = {"client": "need__client_id"}

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.need_id} {self.target}"
