"""The contact log: who spoke with whom, about what, and what came of it."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interactions.enums import Channel, Confidentiality, Initiator, Mood, Purpose
from interactions.queries.contacts import ContactQuerySet, OfContactQuerySet, PromiseQuerySet
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.sealed import SealedTextField


class Contact(FirmModel):
    """One contact with a client. Never deleted: withdrawn, and its earlier versions are kept."""

    client = models.ForeignKey(
        "clients.Client", models.PROTECT, related_name="contacts", verbose_name=_("client")
    )
    people = models.ManyToManyField(
        "clients.Person", blank=True, related_name="contacts", verbose_name=_("people")
    )
    matter = models.ForeignKey(
        "matters.Matter",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("matter"),
    )
    at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    initiator = models.CharField(
        _("who started it"), max_length=10, choices=Initiator, default=Initiator.FIRM
    )
    answered = models.BooleanField(_("answered"), default=True)
    purposes = ArrayField(models.CharField(max_length=20, choices=Purpose), verbose_name=_("purposes"))
    note = models.TextField(_("note"), blank=True)  # empty where confidential
    sealed_note = SealedTextField(_("confidential note"))
    mood = models.CharField(_("client's mood"), max_length=10, choices=Mood, blank=True)
    references = models.CharField(_("references"), max_length=300, blank=True)
    confidentiality = models.CharField(
        _("confidentiality"), max_length=15, choices=Confidentiality, default=Confidentiality.ORDINARY
    )
    logged_by = models.ForeignKey("firm.User", models.PROTECT, related_name="contacts_logged")
    with_lawyer = models.ForeignKey(
        "firm.User", models.PROTECT, related_name="contacts_held", verbose_name=_("who of us")
    )
    # Who else of us was there. Ids, not a relation: asked for with every contact read, and people are never deleted.
    colleague_ids = ArrayField(
        models.UUIDField(), default=list, blank=True, verbose_name=_("others of us"), db_default=[]
    )
    # One visit, one event with several clients: the same in the contact of each.
    act = models.UUIDField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+", editable=False)
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContactQuerySet.as_manager()
    wall_paths = {"client": "client_id", "matter": "matter_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["client", "-at"], name="contacts_of_client"),
            models.Index(fields=["-at", "-id"], name="contacts_by_time"),
            models.Index(fields=["with_lawyer", "-at"], name="contacts_of_lawyer"),
            models.Index(fields=["act"], name="contacts_of_act", condition=Q(act__isnull=False)),
            # Rare and always looked for: walking all contacts by time would take the whole log to find few.
            models.Index(
                fields=["-at", "-id"],
                name="contacts_with_complaint",
                condition=Q(purposes__contains=["complaint"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="contact_withdrawn_by_and_at_together",
            ),
            models.CheckConstraint(condition=~Q(purposes=[]), name="contact_has_a_purpose"),
        ]

    def __str__(self):
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d}"

    @property
    def substance(self) -> str:
        """The note, wherever it is kept."""
        return self.sealed_note or self.note

    def editable_state(self, people=None, promises=None) -> dict:
        """The editable fields as they stand, JSON-able. `people` and `promises` instead of those stored, where given."""
        state = {name: _plain(getattr(self, name)) for name in _EDITABLE}
        named = self.people.all() if people is None else people
        promised = (
            promises.state()
            if promises
            else [one.state() for one in self.promises.order_by("created_at", "pk")]
        )
        people = sorted(str(person.pk) for person in named)
        return {**state, "note": self.substance, "people": people, "promises": promised}


_EDITABLE = (
    "matter_id",
    "at",
    "minutes",
    "channel",
    "initiator",
    "answered",
    "purposes",
    "mood",
    "references",
    "confidentiality",
    "with_lawyer_id",
    "colleague_ids",
)


def _plain(value):
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, int | str | None) else str(value)


class ContactRevision(FirmModel):
    """How a contact stood before it was edited. The values are sealed: they may hold a confidential note."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    values = SealedTextField()  # JSON of the editable fields
    replaced_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = OfContactQuerySet.as_manager()
    wall_paths = {"client": "contact__client_id", "matter": "contact__matter_id"}

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["contact", "version"], name="contact_version_once")]

    def __str__(self):
        return f"{self.contact_id} v{self.version}"


class Promise(FirmModel):
    """Something promised in a contact: by us to the client, or by the client to us."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="promises")
    text = models.CharField(_("promise"), max_length=300)
    by_firm = models.BooleanField(_("we promised"), default=True)
    owner = models.ForeignKey("firm.User", models.PROTECT, null=True, blank=True, related_name="promises")
    due_on = models.DateField(_("by"), null=True, blank=True)
    # What the client promised, settled by hand; ours is settled by its follow-up.
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+", editable=False)
    dropped = models.BooleanField(default=False, editable=False)  # settled because it will not come

    objects = PromiseQuerySet.as_manager()
    wall_paths = {"client": "contact__client_id", "matter": "contact__matter_id"}

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="promise_settled_by_and_at_together",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def is_finished(self) -> bool:
        """Settled, or its follow-up is: what came of it stays."""
        follow_up = getattr(self, "follow_up", None) if self.by_firm else None
        return self.settled_at is not None or (follow_up is not None and follow_up.finished_at is not None)

    def state(self) -> dict:
        """As a revision of its contact keeps it."""
        owner, due = self.owner_id, self.due_on
        return {
            "text": self.text,
            "by_firm": self.by_firm,
            "owner": str(owner) if owner else None,
            "due_on": due.isoformat() if due else None,
        }
