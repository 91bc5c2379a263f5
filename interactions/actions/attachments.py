"""Adding papers to a contact, fetching and removing them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from interactions.enums import Confidentiality
from interactions.models import Attachment, Contact
from interactions.queries.attachments import body_of, sealed_body
from interactions.rules.attachments import MOST_FILES, clean_name, judge
from interactions.rules.permissions import check_may_change_contact, check_may_reveal_note
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.looks import record_look
from lawcrm.firm.ids import new_id


class TooMany(Exception):
    """A contact holds so many papers at most."""


class Gone(Exception):
    """The firm keeps this file no longer."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file (`data`) or a reference (`address`)."""

    name: str
    address: str = ""
    data: bytes = b""


def rows_of(contact: Contact, papers: Iterable[Paper], *, by) -> list[Attachment]:
    """The rows, not yet saved. Raises NotAccepted for a file that is not taken."""
    return [_row(contact, paper, by) for paper in papers]


def _row(contact: Contact, paper: Paper, by) -> Attachment:
    if paper.address:
        name = (paper.name.strip() or paper.address)[:200]
        return Attachment(contact=contact, name=name, address=paper.address[:500], added_by=by)
    kind, pk = judge(paper.name, paper.data), new_id()
    return Attachment(
        id=pk,
        contact=contact,
        name=clean_name(paper.name),
        media_type=kind.media_type,
        size=len(paper.data),
        digest=hashlib.sha256(paper.data).hexdigest(),
        body=sealed_body(paper.data, attachment_id=pk),
        added_by=by,
    )


@transaction.atomic
def add_papers(contact: Contact, papers: Iterable[Paper], *, by) -> list[Attachment]:
    """To a contact in the log. Raises NotAccepted, TooMany, Refused."""
    check_may_change_contact(contact, by)
    Contact.objects.unscoped().select_for_update().get(pk=contact.pk)
    rows = rows_of(contact, papers, by=by)
    if contact.attachments.count() + len(rows) > MOST_FILES:
        raise TooMany
    Attachment.objects.bulk_create(rows)
    audit.record_deeds([_added(row, contact) for row in rows], by=by)
    return rows


def _added(row: Attachment, contact: Contact) -> audit.Deed:
    return audit.Deed(
        verb="contact.file_added", obj=row, label=contact.client.name, detail={"name": row.name[:80]}
    )


@transaction.atomic
def fetch(attachment: Attachment, *, by) -> bytes:
    """The file in clear, written down. Raises Gone; Refused and TooManyLooks where its contact is confidential."""
    contact = attachment.contact
    if attachment.body is None:
        raise Gone
    if contact.confidentiality == Confidentiality.CONFIDENTIAL:
        check_may_reveal_note(contact, by)
        record_look(by=by, verb="contact.file_revealed", obj=attachment, label=contact.client.name)
    else:
        audit.record(
            by=by,
            verb="contact.file_fetched",
            obj=attachment,
            label=contact.client.name,
            detail={"name": attachment.name[:80]},
        )
    return body_of(attachment)


@transaction.atomic
def remove(attachment: Attachment, *, by) -> None:
    """Wrongly added: row and file go, the trail remembers. Raises Refused."""
    contact = attachment.contact
    check_may_change_contact(contact, by)
    audit.record(
        by=by,
        verb="contact.file_removed",
        obj=attachment,
        label=contact.client.name,
        detail={"name": attachment.name[:80]},
    )
    attachment.delete()


def forget_bodies(rows) -> int:
    """Files kept for so long: their bytes go, their names stay."""
    return rows.update(body=None, removed_at=clock.now())
