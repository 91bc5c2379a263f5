"""Matters: what the firm does for a client, as far as the relationship needs to know."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import BusinessField, ServiceType
from clients.rules.search_tokens import Searchable
from clients.search_column import WordsField
from lawcrm.firm.models.base import FirmModel
from matters.enums import Audience, FeeBasis, MatterState, Stage, TeamRole
from matters.queries.matters import MatterQuerySet, ProgressQuerySet


class Matter(FirmModel):
    client = models.ForeignKey(
        "clients.Client", models.PROTECT, related_name="matters", verbose_name=_("client")
    )
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number"), max_length=60, blank=True)
    kind = models.CharField(pgettext_lazy("matter", "kind"), max_length=20, choices=BusinessField)
    service_type = models.CharField(_("service type"), max_length=20, choices=ServiceType)
    responsible = models.ForeignKey(
        "firm.User", models.PROTECT, related_name="responsible_matters", verbose_name=_("responsible lawyer")
    )
    accepted_on = models.DateField(_("accepted on"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.INTAKE)
    next_date = models.DateField(_("next date"), null=True, blank=True)
    next_date_note = models.CharField(_("what happens then"), max_length=200, blank=True)
    # Kept from the parties (matters/actions/parties.py): who is on the other side, and every name to be found by
    opposing_party = models.CharField(_("opposing party"), max_length=200, blank=True)
    party_names = ArrayField(models.CharField(max_length=200), default=list, editable=False)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(max_length=10, choices=MatterState, default=MatterState.OPEN, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)
    closing_summary = models.TextField(_("summary"), blank=True)
    lessons = models.TextField(_("lessons"), blank=True)
    fee_basis = models.CharField(_("how the fee is agreed"), max_length=12, choices=FeeBasis, blank=True)
    agreed_fee = models.DecimalField(
        _("agreed fee"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    ends_on = models.DateField(_("runs until"), null=True, blank=True)  # the term of a retainer
    version = models.PositiveIntegerField(default=1, editable=False)
    search = WordsField()

    objects = MatterQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-accepted_on", "-id"]
        indexes = [
            GinIndex(fields=["search"], name="matter_search"),
            models.Index(fields=["client", "-accepted_on"], name="matters_of_client"),
            models.Index(fields=["responsible", "-accepted_on"], name="matters_of_lawyer"),
            models.Index(
                fields=["ends_on"], name="matters_ending", condition=Q(state="open", ends_on__isnull=False)
            ),
            models.Index(fields=["closed_on"], name="matters_closed", condition=Q(closed_on__isnull=False)),
            models.Index(fields=["next_date"], name="matters_next_date", condition=Q(state="open")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | Q(state="closed", closed_on__isnull=False),
                name="matter_closed_has_its_day",
            )
        ]

    def __str__(self):
        return self.title

    def searchable(self) -> Searchable:
        """A matter is found by its title, its number, and the names of its parties in all ways they are written."""
        words = tuple(word for word in (self.number, self.opposing_party) if word)
        return Searchable(names=(self.title, *self.party_names), is_person=False, words=words)


class MatterTeam(models.Model):
    """A person of the firm who works on the matter beside the responsible lawyer."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="team")
    user = models.ForeignKey("firm.User", models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=12, choices=TeamRole, default=TeamRole.LAWYER)

    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "user"], name="matter_team_names_once")]

    def __str__(self):
        return f"{self.matter_id}: {self.user_id}"


class MatterProgress(FirmModel):
    """A progress update: internal, or told to the client (then a contact stands beside it in the log)."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="progress")
    on = models.DateField(_("date"))
    text = models.TextField(_("what happened"))
    audience = models.CharField(_("audience"), max_length=10, choices=Audience)
    contact_id = models.UUIDField(
        null=True, editable=False
    )  # the contact that told it; interactions lies above
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = ProgressQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self):
        return f"{self.matter_id} {self.on}"
