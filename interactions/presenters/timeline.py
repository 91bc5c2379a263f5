"""The items of the timeline in words."""

from django.utils.translation import gettext as _

from clients.enums import RelationshipType, ServiceType
from interactions.enums import Confidentiality, Initiator, Mood
from interactions.presenters.words import (
    WHO,
    channel_icon,
    channel_words,
    follow_up_words,
    minutes_words,
    purpose_words,
)
from interactions.queries import timeline as queries
from interactions.timeline import Row, Source, TimelineItem
from lawcrm.firm.row_address import row_address
from lawcrm.firm.words import is_chinese


def contact(row: Row) -> TimelineItem:
    data = row.data
    note = data["note"]
    if data["closeness"] == Confidentiality.CONFIDENTIAL:
        note = ""
    return TimelineItem(
        title=channel_words(data["channel"]),
        icon=channel_icon(data["channel"]),
        url=row_address("interactions:detail", row.id),
        who=_joined(WHO.get((data["initiator"], data["answered"])), minutes_words(data["minutes"])),
        from_client=data["initiator"] == Initiator.CLIENT,
        tags=purpose_words(data["purposes"]),
        note=note,
        meta=_joined(_lawyer(data), *data["people"], data["matter"], _mood(data), _closeness(data)),
    )


def _lawyer(data) -> str:
    if is_chinese():
        return data["name_zh"] or f"{data['family']} {data['given']}"
    return f"{data['given']} {data['family']}"


def _mood(data) -> str:
    return str(Mood(data["mood"]).label) if data["mood"] else ""


def _closeness(data) -> str:
    closeness = data["closeness"]
    return "" if closeness == Confidentiality.ORDINARY else str(Confidentiality(closeness).label)


def _joined(*parts) -> str:
    return " · ".join(str(part) for part in parts if part)


def follow_up_done(row: Row) -> TimelineItem:
    words = follow_up_words(row.data["title"], row.data["origin"])
    return TimelineItem(_("Follow-up done: %s") % words, "circle-check", quiet=True)


def matter_opened(row: Row) -> TimelineItem:
    return TimelineItem(
        _("Matter accepted: %s") % row.data["title"],
        "briefcase",
        url=_matter_url(row.id),
        who=str(ServiceType(row.data["service"]).label),
        quiet=True,
    )


def matter_closed(row: Row) -> TimelineItem:
    title = _("Matter closed: %s") % row.data["title"]
    return TimelineItem(title, "archive", url=_matter_url(row.id), note=row.data["outcome"], quiet=True)


def progress(row: Row) -> TimelineItem:
    return TimelineItem(
        _("Progress noted: %s") % row.data["title"],
        "progress-check",
        url=_matter_url(row.data["matter"]),
        note=row.data["text"],
        quiet=True,
    )


def _matter_url(pk) -> str:
    return row_address("matters:detail", pk)


def relationship_change(row: Row) -> TimelineItem:
    now, before = row.data["type"], row.data["previous"]
    label = str(RelationshipType(now).label)
    if before is None:
        return TimelineItem(_("Relationship first assessed: %s") % label, "stairs", quiet=True)
    if now > before:
        return TimelineItem(_("Relationship rose to %s") % label, "stairs-up", quiet=True)
    return TimelineItem(_("Relationship fell to %s") % label, "trending-down", quiet=True)


SOURCES = (
    Source("contact", queries.contacts, contact),
    Source("followup", queries.follow_ups_done, follow_up_done),
    Source("matteropened", queries.matters_opened, matter_opened),
    Source("matterclosed", queries.matters_closed, matter_closed),
    Source("progress", queries.progress, progress),
    Source("relationship", queries.relationship_changes, relationship_change),
)
