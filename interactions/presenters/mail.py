"""Waiting mail in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interactions.actions.mail import told_of

LIMITS = {
    "size": gettext_lazy("It is larger than 25 MB."),
    "text": gettext_lazy("Its text is larger than 1 MB."),
    "parts": gettext_lazy("It has more than 100 parts."),
    "depth": gettext_lazy("Its parts are nested too deeply."),
}
SHOWN = 600


@dataclass(frozen=True, slots=True)
class MailLine:
    pk: UUID
    at: datetime
    subject: str
    sender: str
    others: str
    text: str
    attachments: tuple
    by_client: bool
    refused: str


def mail_line(row) -> MailLine:
    told = told_of(row)
    return MailLine(
        pk=row.pk,
        at=row.at,
        subject=told["subject"] or _("(without a subject)"),
        sender=told["sender"],
        others=", ".join(told["others"][:5]),
        text=told["text"][:SHOWN],
        attachments=tuple(told["attachments"]),
        by_client=row.initiator == "client",
        refused=str(LIMITS.get(row.problem, "")) if row.state == row.State.REFUSED else "",
    )
