"""Contacts as rows and as a page, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interactions.enums import Channel, Confidentiality, Initiator, Mood
from interactions.models import Contact
from interactions.presenters.words import WHO, channel_icon, channel_words, minutes_words, purpose_words
from interactions.queries.history import names_in
from lawcrm.firm.queries.people import names_of
from lawcrm.firm.sealed import MASK
from lawcrm.firm.templatetags.look import ago, day
from lawcrm.firm.words import listed

SNIPPET = 160


@dataclass(frozen=True, slots=True)
class ContactRow:
    url: str
    day: str
    hour: str
    ago: str
    client: str
    client_url: str
    icon: str
    channel: str
    who: str
    purposes: tuple[str, ...]
    note: str
    sealed: bool
    lawyer: str
    by: str  # who wrote it down, where that was somebody else
    withdrawn: bool


def contact_row(contact: Contact) -> ContactRow:
    at = timezone.localtime(contact.at)
    return ContactRow(
        url=reverse("interactions:detail", args=[contact.pk]),
        day=day(at),
        hour=f"{at:%H:%M}",
        ago=ago(at),
        client=contact.client.name,
        client_url=reverse("clients:detail", args=[contact.client_id]),
        icon=channel_icon(contact.channel),
        channel=channel_words(contact.channel),
        who=str(WHO.get((contact.initiator, contact.answered), "")),
        purposes=purpose_words(contact.purposes),
        note=_shortened(contact.note),
        sealed=contact.confidentiality == Confidentiality.CONFIDENTIAL,
        lawyer=contact.with_lawyer.display_name,
        by=contact.logged_by.display_name if contact.logged_by_id != contact.with_lawyer_id else "",
        withdrawn=contact.withdrawn_at is not None,
    )


def _shortened(text: str) -> str:
    return text if len(text) <= SNIPPET else text[:SNIPPET].rstrip() + "…"


def facts_of(contact: Contact) -> list[tuple[str, str]]:
    """The contact's facts as (name, words), empty ones left out."""
    at = timezone.localtime(contact.at)
    facts = [
        (_("When"), f"{day(at)} {at:%H:%M}"),
        (_("Channel"), channel_words(contact.channel)),
        (_("Who started it"), str(WHO.get((contact.initiator, contact.answered), ""))),
        (_("Minutes"), minutes_words(contact.minutes)),
        (_("With whom"), listed(person.name for person in contact.people.all())),
        (_("Who of us"), listed([contact.with_lawyer.display_name, *_colleagues(contact)])),
        (_("Client's mood"), str(Mood(contact.mood).label) if contact.mood else ""),
        (_("References"), contact.references),
        (_("Who may read this"), str(Confidentiality(contact.confidentiality).label)),
    ]
    if contact.logged_by_id != contact.with_lawyer_id:
        words = _("%(by)s, on behalf of %(whom)s") % {
            "by": contact.logged_by.display_name,
            "whom": contact.with_lawyer.display_name,
        }
        facts.append((_("Logged by"), words))
    return [(name, words) for name, words in facts if words]


def _colleagues(contact: Contact) -> list[str]:
    names = names_of(contact.colleague_ids) if contact.colleague_ids else {}
    return [names[pk] for pk in contact.colleague_ids if pk in names]


# -- history ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RevisionTold:
    when: datetime
    who: str
    changes: list[Change]


def history_of(contact: Contact, user, *, revealed: bool) -> list[RevisionTold]:
    """What each edit changed, the newest first. Confidential words show only where they have been revealed."""
    revisions = list(contact.revisions.select_related("replaced_by"))
    if not revisions:
        return []
    states = [json.loads(revision.values) for revision in revisions]
    later = [contact.editable_state(), *states]
    names = names_in([*states, later[0]], user)
    return [
        RevisionTold(
            revision.created_at,
            revision.replaced_by.display_name,
            list(_changes(before, after, names, revealed)),
        )
        for revision, before, after in zip(revisions, states, later, strict=False)
    ]


def _changes(before: dict, after: dict, names: dict[str, str], revealed: bool):
    for field, (name, words) in _FIELDS.items():
        old, new = before.get(field), after.get(field)
        if old == new or (field == "promises" and None in (old, new)):
            continue  # revisions of before did not keep promises
        if field == "note" and not revealed and _sealed(before, after):
            yield Change(str(name), MASK, MASK)
        else:
            yield Change(str(name), words(old, names), words(new, names))


def _sealed(*states: dict) -> bool:
    return any(state["confidentiality"] == Confidentiality.CONFIDENTIAL for state in states)


def _moment(value, _names) -> str:
    at = timezone.localtime(datetime.fromisoformat(value))
    return f"{day(at)} {at:%H:%M}"


def _label(choices):
    return lambda value, _names: str(choices(value).label) if value else ""


def _name(value, names) -> str:
    return names.get(value or "", "")


def _as_it_is(value, _names) -> str:
    return value or ""


def _promises(value, _names) -> str:
    days = [day(date.fromisoformat(one["due_on"])) if one["due_on"] else "" for one in value]
    return "\n".join(
        " · ".join(filter(None, (one["text"], due))) for one, due in zip(value, days, strict=True)
    )


_FIELDS = {
    "note": (gettext_lazy("What was said"), _as_it_is),
    "at": (gettext_lazy("When"), _moment),
    "channel": (gettext_lazy("Channel"), _label(Channel)),
    "initiator": (gettext_lazy("Who started it"), _label(Initiator)),
    "answered": (pgettext_lazy("contact", "Answered"), lambda value, _names: _("yes") if value else _("no")),
    "purposes": (gettext_lazy("Purpose"), lambda value, _names: listed(purpose_words(value))),
    "minutes": (gettext_lazy("Minutes"), lambda value, _names: minutes_words(value)),
    "people": (
        gettext_lazy("With whom"),
        lambda value, names: listed(filter(None, map(names.get, value))),
    ),
    "matter_id": (gettext_lazy("Matter"), _name),
    "with_lawyer_id": (gettext_lazy("Who of us"), _name),
    "colleague_ids": (
        gettext_lazy("Others of us"),
        lambda value, names: listed(filter(None, map(names.get, value or ()))),
    ),
    "mood": (gettext_lazy("Client's mood"), _label(Mood)),
    "references": (gettext_lazy("References"), _as_it_is),
    "promises": (gettext_lazy("Promises"), _promises),
    "confidentiality": (gettext_lazy("Who may read this"), _label(Confidentiality)),
}
