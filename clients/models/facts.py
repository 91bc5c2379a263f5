"""What is known of somebody besides the main phone, address or employer, and what was true once."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clients.enums import FactKind
from clients.queries.facts import ClientFactQuerySet, PersonFactQuerySet
from lawcrm.firm.models.base import FirmModel


class DatedFact(FirmModel):
    """A value that holds for a while. It is ended, not overwritten; only what was never true is deleted."""

    kind = models.CharField(_("kind"), max_length=12, choices=FactKind)
    label = models.CharField(_("what for"), max_length=60, blank=True)  # "office", "assistant", "home"
    value = models.CharField(_("value"), max_length=300)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["kind", F("until").desc(nulls_first=True), "id"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.value}"


class ClientFact(DatedFact):
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="facts")

    objects = ClientFactQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta(DatedFact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="client_fact_ends_after_its_start",
            )
        ]
        indexes = [
            models.Index(
                Lower("value"), name="client_fact_by_mail", condition=Q(kind="email", until__isnull=True)
            ),
        ]


class PersonFact(DatedFact):
    person = models.ForeignKey("clients.Person", models.CASCADE, related_name="facts")

    objects = PersonFactQuerySet.as_manager()
    wall_paths = {}  # seen through the person
    on_person_merge = {"person": "move"}

    class Meta(DatedFact.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="person_fact_ends_after_its_start",
            )
        ]
        indexes = [
            models.Index(
                Lower("value"), name="person_fact_by_mail", condition=Q(kind="email", until__isnull=True)
            ),
        ]


class OtherCounsel(FirmModel):
    """Another firm that serves the client, and for what."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="other_counsel")
    firm_name = models.CharField(_("firm"), max_length=200)
    lawyer = models.CharField(_("lawyer there"), max_length=120, blank=True)
    serves_for = models.CharField(_("for what"), max_length=200, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClientFactQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = [F("until").desc(nulls_first=True), "firm_name"]

    def __str__(self):
        return self.firm_name


class Disclosure(FirmModel):
    """Something told to a third party about the client, under the consent that held then. Never changed."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="disclosures")
    on = models.DateField(_("on"))
    recipient = models.CharField(_("to whom"), max_length=200)
    what = models.CharField(_("what"), max_length=300)
    purpose = models.CharField(_("what for"), max_length=300)
    consent = models.CharField(_("under which consent"), max_length=300)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = ClientFactQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self):
        return f"{self.on}: {self.recipient}"
