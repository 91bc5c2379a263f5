"""Mail that comes in: everybody's private address, and each mail once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interactions.queries.mail import InboundMailQuerySet
from lawcrm.firm.ids import new_id
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.sealed import SealedGuard, SealedTextField


class MailAddressQuerySet(SealedGuard, models.QuerySet):
    pass


class MailAddress(models.Model):
    """A person's private address: whoever writes to it writes into that person's log. Shown to the person alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField("firm.User", models.CASCADE, related_name="mail_address")
    token = SealedTextField()
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = MailAddressQuerySet.as_manager()
    wall_paths = {}  # nothing of a client stands in it

    def __str__(self):
        return f"mail address of {self.person_id}"


class InboundMail(FirmModel):
    """One mail to one person's private address. What it says is kept, sealed, only while it waits."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("mail", "Waiting")
        LOGGED = "logged", pgettext_lazy("mail", "Logged")
        DISCARDED = "discarded", pgettext_lazy("mail", "Discarded")
        REFUSED = "refused", pgettext_lazy("mail", "Refused")

    owner = models.ForeignKey("firm.User", models.CASCADE, related_name="inbound_mail")
    client = models.ForeignKey("clients.Client", models.CASCADE, null=True, related_name="inbound_mail")
    contact = models.ForeignKey(
        "interactions.Contact", models.SET_NULL, null=True, related_name="inbound_mail"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    message_hash = models.BinaryField(max_length=32)
    thread_hash = models.BinaryField(max_length=32)
    at = models.DateTimeField(_("when"))
    initiator = models.CharField(max_length=10, blank=True)
    told = SealedTextField()  # JSON: sender, others, subject, text, attachments
    problem = models.CharField(max_length=20, blank=True)  # which limit a refused mail broke

    objects = InboundMailQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "move"}

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "message_hash"], name="mail_once_per_person"),
        ]
        indexes = [
            models.Index(fields=["owner", "-at"], name="mail_waiting", condition=Q(state="waiting")),
            models.Index(fields=["message_hash"], name="mail_by_message"),
            models.Index(fields=["thread_hash"], name="mail_by_thread"),
        ]

    def __str__(self):
        return f"{self.state} {self.at:%Y-%m-%d}"
