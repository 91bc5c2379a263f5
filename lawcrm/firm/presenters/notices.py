"""Notices in the reader's words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lawcrm.firm.notices import text_of


@dataclass(frozen=True, slots=True)
class NoticeRow:
    pk: UUID
    title: str
    body: str
    at: datetime
    is_new: bool
    url: str  # empty where there is nothing to open any more


def notice_rows(user, notices) -> list[NoticeRow]:
    """Each notice told anew: what it is about is read through the reader's door now, one query per kind of event."""
    notices = list(notices)
    about = _objects(user, notices)
    return [_row(notice, about) for notice in notices]


def address_of(user, notice) -> str:
    """Where a notice leads; "" where its object is no longer the reader's to see."""
    return notice_rows(user, [notice])[0].url


def _objects(user, notices) -> dict[tuple[str, UUID], object]:
    ids = defaultdict(list)
    for notice in notices:
        if notice.object_id:
            ids[notice.event].append(notice.object_id)
    return {
        (event, pk): found
        for event, wanted in ids.items()
        if _is_known(event)
        for pk, found in text_of(event).fetch(user, wanted).items()
    }


def _row(notice, about) -> NoticeRow:
    subject = about.get((notice.event, notice.object_id))
    if not _is_known(notice.event) or (notice.object_id and subject is None):
        title, body, url = _("About something that is no longer yours to see"), "", ""
    else:
        text = text_of(notice.event)
        title, body, url = (part(subject, notice.context) for part in (text.title, text.body, text.url))
    return NoticeRow(notice.pk, str(title), str(body), notice.created_at, notice.read_at is None, str(url))


def _is_known(event: str) -> bool:
    try:
        text_of(event)
    except KeyError:
        return False
    return True
