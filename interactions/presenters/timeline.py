"""The items of the timeline in words."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.enums import GradeOrigin, RelationshipType, ServiceType
from interactions.enums import Channel, Confidentiality, EventAnswer, FollowUpOrigin, Initiator, Mood, Purpose
from interactions.presenters.words import (
    UNTITLED,
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
from lawcrm.firm.templatetags.look import amount, day
from lawcrm.firm.words import codes_called, is_chinese, labelled, listed
from matters.enums import DateKind, Decision


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
        promised=tuple(_promise(one) for one in data["promises"] or ()),
        meta=_joined(
            _who_of_us(data),
            *data["people"],
            data["matter"],
            _mood(data),
            _closeness(data),
            _("with several clients") if data["act"] else "",
            listed(data["papers"] or ()),
        ),
    )


def _who_of_us(data) -> str:
    """Who held it and who else was there; where somebody else wrote it down, both names."""
    names = [_name(data), *map(_name, data["ours"] or ())]
    if data["by"] == data["held"]:
        return listed(names)
    by = {name: data[f"by_{name}"] for name in ("family", "given", "name_zh")}
    return _("%(who)s, logged by %(by)s") % {"who": listed(names), "by": _name(by)}


def _name(data) -> str:
    if is_chinese():
        return data["name_zh"] or f"{data['family']} {data['given']}"
    return f"{data['given']} {data['family']}"


def _promise(said) -> str:
    until = day(date.fromisoformat(said["due_on"])) if said["due_on"] else ""
    who = _("We promised") if said["by_firm"] else _("The client promised")
    return _joined(labelled(who, said["text"]), until)


def _mood(data) -> str:
    return str(Mood(data["mood"]).label) if data["mood"] else ""


def _closeness(data) -> str:
    closeness = data["closeness"]
    return "" if closeness == Confidentiality.ORDINARY else str(Confidentiality(closeness).label)


def _joined(*parts) -> str:
    return " · ".join(str(part) for part in parts if part)


def follow_up_done(row: Row) -> TimelineItem:
    words = follow_up_words(row.data["title"], row.data["origin"])
    return TimelineItem(_("Follow-up done: %s") % words, "circle-check", note=row.data["outcome"], quiet=True)


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


def conflict_decided(row: Row) -> TimelineItem:
    return _of_matter(row, _("Conflict check decided: %s") % Decision(row.data["decision"]).label, "scale")


def key_date_done(row: Row) -> TimelineItem:
    what = row.data["words"] or DateKind(row.data["kind"]).label
    return _of_matter(row, _("Key date done: %s") % what, "circle-check")


def invoice(row: Row) -> TimelineItem:
    note = _joined(row.data["number"], row.data["words"])
    return _of_matter(row, _("Invoice issued: %s") % amount(row.data["amount"]), "cash", note)


def _of_matter(row: Row, title: str, icon: str, note: str = "") -> TimelineItem:
    data = row.data
    return TimelineItem(title, icon, _matter_url(data["matter"]), who=data["title"], note=note, quiet=True)


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


def grade_change(row: Row) -> TimelineItem:
    old, new = row.data["old"], row.data["new"]
    origin = str(dict(GradeOrigin.choices).get(row.data["origin"], ""))
    if not new:
        title = _("Grade %s taken away") % old
    elif not old:
        title = _("Grade given: %s") % new
    else:
        title = _("Grade changed from %(old)s to %(new)s") % {"old": old, "new": new}
    icon = "trending-down" if old and (not new or new > old) else "trending-up"
    return TimelineItem(title, icon, who=origin, note=row.data["reason"], quiet=True)


def follow_ups_meant(word: str) -> Q:
    """Those that were given no words of their own, by the words they show."""
    return Q(title="", origin__in=codes_called(word, UNTITLED.items()))


def decision_meant(word: str) -> Q:
    return Q(decision__in=codes_called(word, Decision.choices))


def key_dates_meant(word: str) -> Q:
    return Q(title="", kind__in=codes_called(word, DateKind.choices))


def standing_meant(word: str) -> Q:
    return Q(type__in=codes_called(word, RelationshipType.choices))


def event_answered(row: Row) -> TimelineItem:
    told = {"event": row.data["event"]}
    if row.data["waiting"]:
        title = _("Waits for a seat: %(event)s") % told
    elif row.data["answer"] == EventAnswer.YES:
        title = _("Says yes: %(event)s") % told
    else:
        title = _("Says no: %(event)s") % told
    url = reverse("care:guest", args=[row.id])
    return TimelineItem(title, "calendar-event", url=url, who=row.data["person"] or "", quiet=True)


SOURCES = (
    Source(
        "contact",
        queries.contacts,
        contact,
        kinds={
            "contact": None,
            "complaint": Q(purposes__contains=[Purpose.COMPLAINT]),
            "care": Q(purposes__overlap=[Purpose.GREETING, Purpose.EVENT]),
            "event": Q(purposes__contains=[Purpose.EVENT]) | Q(channel=Channel.EVENT),
        },
        looks_in=(
            "note",
            "references",
            "matter__title",
            "with_lawyer__family_name",
            "with_lawyer__given_name",
            "with_lawyer__name_zh",
        ),
        meant_by=queries.contacts_meant,
    ),
    Source(
        "followup",
        queries.follow_ups_done,
        follow_up_done,
        kinds={"follow_up": None, "complaint": Q(origin=FollowUpOrigin.COMPLAINT)},
        looks_in=("title", "outcome"),
        meant_by=follow_ups_meant,
    ),
    Source(
        "matteropened",
        queries.matters_opened,
        matter_opened,
        kinds={"matter": None},
        looks_in=("title", "number", "opposing_party"),
    ),
    Source(
        "matterclosed",
        queries.matters_closed,
        matter_closed,
        kinds={"matter": None},
        looks_in=("title", "number", "outcome"),
    ),
    Source(
        "progress",
        queries.progress,
        progress,
        kinds={"matter": None},
        looks_in=("text", "matter__title"),
    ),
    Source(
        "conflict",
        queries.conflicts_decided,
        conflict_decided,
        kinds={"matter": None},
        looks_in=("matter__title",),
        meant_by=decision_meant,
    ),
    Source(
        "keydate",
        queries.key_dates_done,
        key_date_done,
        kinds={"matter": None},
        looks_in=("title", "matter__title"),
        meant_by=key_dates_meant,
    ),
    Source(
        "invoice",
        queries.invoices,
        invoice,
        kinds={"matter": None},
        looks_in=("invoice_number", "title", "matter__title"),
    ),
    Source(
        "relationship",
        queries.relationship_changes,
        relationship_change,
        kinds={"standing": None},
        meant_by=standing_meant,
    ),
    Source(
        "eventanswer",
        queries.event_answers,
        event_answered,
        kinds={"event": None, "care": None},
        looks_in=("event__title", "person__name"),
    ),
    Source("grade", queries.grade_changes, grade_change, kinds={"standing": None}, looks_in=("reason",)),
)
