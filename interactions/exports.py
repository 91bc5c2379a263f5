"""The contact log and the follow-ups as files. A confidential note is never in them: it is read one by one."""

from collections.abc import Sequence
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_people
from interactions.access import (
    visible_care,
    visible_contacts,
    visible_events,
    visible_follow_ups,
    visible_guests,
)
from interactions.actions.events import address_of
from interactions.enums import Confidentiality
from interactions.forms.care import CareFilter
from interactions.forms.filters import ContactFilter, FollowUpFilter
from interactions.presenters.care import occasion_words
from interactions.presenters.events import guest_row
from interactions.presenters.words import cancelled_words, follow_up_words, purpose_words, reason_words
from lawcrm.firm.exporting import TableListing, register, wall_clock
from lawcrm.firm.queries.people import unmistakable_names
from lawcrm.firm.sealed import MASK
from lawcrm.firm.words import labelled, listed
from matters.access import visible_matters


class _OfLog(TableListing):
    widths = {"note": 60, "client": 28, "title": 36, "people": 28, "matter": 28}


class ContactListing(_OfLog):
    code, label, url_name = "contacts", gettext_lazy("Contact log"), "interactions:list"

    table = {
        "at": (gettext_lazy("When"), lambda one: wall_clock(one.at)),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "people": (gettext_lazy("With whom"), None),
        "matter": (gettext_lazy("Matter"), None),
        "channel": (gettext_lazy("Channel"), lambda one: one.get_channel_display()),
        "initiator": (gettext_lazy("Who started it"), lambda one: one.get_initiator_display()),
        "answered": (
            pgettext_lazy("contact", "Answered"),
            lambda one: _("yes") if one.answered else _("no"),
        ),
        "minutes": (gettext_lazy("Minutes"), lambda one: one.minutes),
        "purposes": (gettext_lazy("Purpose"), lambda one: listed(purpose_words(one.purposes))),
        "note": (gettext_lazy("What was said"), lambda one: _note(one)),
        "mood": (gettext_lazy("Client's mood"), lambda one: one.get_mood_display()),
        "references": (gettext_lazy("References"), lambda one: one.references),
        "author": (gettext_lazy("Logged by"), None),
        "lawyer": (gettext_lazy("Who of us"), None),
        "logged": (gettext_lazy("Logged on"), lambda one: wall_clock(one.created_at)),
        "reference": (gettext_lazy("LawCRM reference"), lambda one: str(one.pk)),
    }

    def rows(self, user, query: QueryDict):
        contacts = ContactFilter(query, user=user).filter(visible_contacts(user))
        contacts = contacts.select_related("client").prefetch_related(None)
        return contacts.defer("sealed_note", "client__search", "client__note", "client__background")

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("-at", "-id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return _filter_words(ContactFilter(query, user=user))

    def readers(self, user, rows: Sequence) -> dict:
        people = _people_of(user, rows)
        ours = unmistakable_names({pk for one in rows for pk in (one.with_lawyer_id, one.logged_by_id)})
        return {
            "people": lambda one: listed(people.get(one.pk, ())),
            "matter": _matters(user, rows),
            "lawyer": lambda one: ours.get(one.with_lawyer_id, ""),
            "author": lambda one: ours.get(one.logged_by_id, ""),
        }


def _note(contact) -> str:
    return contact.note if contact.confidentiality == Confidentiality.ORDINARY else MASK


def _people_of(user, contacts: Sequence) -> dict:
    """{contact: names of the people spoken with}, as far as the reader may know them."""
    found: dict = {}
    people = visible_people(user).filter(contacts__in=[one.pk for one in contacts])
    for contact, name in people.order_by("sort_key").values_list("contacts", "name"):
        found.setdefault(contact, []).append(name)
    return found


def _matters(user, rows: Sequence):
    """A matter behind its own wall is not named."""
    keys = {one.matter_id for one in rows} - {None}
    titles = (
        dict(visible_matters(user).filter(pk__in=keys).order_by().values_list("pk", "title")) if keys else {}
    )
    return lambda one: titles.get(one.matter_id, "")


class FollowUpListing(_OfLog):
    code, label, url_name = "follow-ups", gettext_lazy("Follow-ups"), "interactions:follow_ups"

    table = {
        "due": (gettext_lazy("Due"), lambda one: wall_clock(one.due_at)),
        "title": (gettext_lazy("What"), lambda one: follow_up_words(one.title, one.origin)),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "matter": (gettext_lazy("Matter"), None),
        "owner": (gettext_lazy("Owner"), None),
        "priority": (gettext_lazy("Priority"), lambda one: one.get_priority_display()),
        "origin": (gettext_lazy("Where from"), lambda one: one.get_origin_display()),
        "why": (gettext_lazy("Why"), reason_words),
        "state": (gettext_lazy("State"), lambda one: one.get_state_display()),
        "snoozed": (gettext_lazy("Snoozed until"), lambda one: wall_clock(one.snoozed_until)),
        "finished": (gettext_lazy("Finished"), lambda one: wall_clock(one.finished_at)),
        "reason": (gettext_lazy("Reason"), cancelled_words),
    }

    def rows(self, user, query: QueryDict):
        follow_ups = FollowUpFilter(query, user=user).filter(visible_follow_ups(user))
        return follow_ups.select_related("client").defer(
            "client__search", "client__note", "client__background"
        )

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("due_at", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        chosen = FollowUpFilter(query, user=user)
        said = _filter_words(chosen)
        if not {"whose", "owner", "client"} & chosen.wanted.keys():
            said.insert(0, _("Mine"))
        return said

    def readers(self, user, rows: Sequence) -> dict:
        owners = unmistakable_names({one.owner_id for one in rows})
        return {"owner": lambda one: owners.get(one.owner_id, ""), "matter": _matters(user, rows)}


def _filter_words(chosen) -> list[str]:
    """What is set in a form of filters, in its own words."""
    said = []
    for name, value in chosen.wanted.items():
        field = chosen.fields[name]
        if name == "client":
            said.append(labelled(_("Client"), chosen.of_client.name if chosen.of_client else "–"))
        elif value is True:
            said.append(str(field.label))
        elif hasattr(value, "display_name"):
            said.append(labelled(field.label, value.display_name))
        else:
            said.append(labelled(field.label, dict(field.choices).get(value, value)))
    return said


class CareListing(_OfLog):
    code, label, url_name = "care", gettext_lazy("Greetings and care"), "care:greetings"

    table = {
        "on": (gettext_lazy("Day"), lambda one: one.on),
        "occasion": (pgettext_lazy("care", "Occasion"), lambda one: occasion_words(one)),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "person": (gettext_lazy("Person"), lambda one: one.person.name if one.person else ""),
        "channel": (gettext_lazy("Channel"), lambda one: one.get_channel_display()),
        "owner": (gettext_lazy("Owner"), None),
        "state": (gettext_lazy("State"), lambda one: one.get_state_display()),
        "done": (gettext_lazy("Finished"), lambda one: wall_clock(one.done_at)),
        "reason": (gettext_lazy("Reason"), lambda one: one.skip_reason),
        "cost": (gettext_lazy("Cost"), lambda one: one.cost),
    }

    def rows(self, user, query: QueryDict):
        return CareFilter(query).narrow(visible_care(user), user).with_message()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("-on", "-id") if CareFilter(query).finished else ("on", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        chosen = CareFilter(query)
        said = [
            str(dict(chosen.fields[name].choices).get(chosen.cleaned_data[name], ""))
            for name in ("state", "kind")
            if chosen.cleaned_data.get(name)
        ]
        return said if chosen.cleaned_data.get("everybody") else [_("Mine"), *said]

    def readers(self, user, rows: Sequence) -> dict:
        owners = unmistakable_names({one.owner_id for one in rows})
        return {"owner": lambda one: owners.get(one.owner_id, "")}


class EventListing(_OfLog):
    code, label, url_name = "events", gettext_lazy("Events"), "care:events"

    table = {
        "starts": (gettext_lazy("When"), lambda one: wall_clock(one.starts_at)),
        "title": (gettext_lazy("Event"), lambda one: one.title),
        "kind": (gettext_lazy("Kind"), lambda one: one.get_kind_display()),
        "place": (gettext_lazy("Where"), lambda one: one.place),
        "organiser": (gettext_lazy("Organised by"), None),
        "seats": (gettext_lazy("Seats"), lambda one: one.seats),
        "budget": (gettext_lazy("Budget"), lambda one: one.budget),
        "cost": (gettext_lazy("Cost"), lambda one: one.cost),
        "cancelled": (gettext_lazy("Called off on"), lambda one: wall_clock(one.cancelled_at)),
    }

    def rows(self, user, query: QueryDict):
        return visible_events(user)

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("-starts_at", "-id")

    def readers(self, user, rows: Sequence) -> dict:
        organisers = unmistakable_names({one.organiser_id for one in rows})
        return {"organiser": lambda one: organisers.get(one.organiser_id, "")}


class GuestListing(_OfLog):
    """The guests of one event, `?event=`: for the door, the caterer, the name badges."""

    code, label, url_name = "guests", gettext_lazy("Guests of an event"), "care:events"

    table = {
        "name": (gettext_lazy("Guest"), lambda one: one.person.name if one.person else one.client.name),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "email": (gettext_lazy("Email"), lambda one: one.sent_to or address_of(one)),
        "lawyer": (gettext_lazy("Responsible lawyer"), None),
        "sent": (gettext_lazy("Invited on"), lambda one: wall_clock(one.sent_at)),
        "answer": (pgettext_lazy("event", "Answer"), lambda one: guest_row(one).state),
        "answered": (gettext_lazy("Answered on"), lambda one: wall_clock(one.answered_at)),
        "came": (pgettext_lazy("event", "Present"), lambda one: _("yes") if one.attended_at else _("no")),
    }

    def _event(self, user, query: QueryDict):
        return visible_events(user).filter(pk=_key(query.get("event", ""))).first()

    def rows(self, user, query: QueryDict):
        return visible_guests(user).filter(event=_key(query.get("event", ""))).for_lists()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("id",)

    def filter_words(self, user, query: QueryDict) -> list[str]:
        event = self._event(user, query)
        return [event.title] if event else []

    def page_url(self, query: str) -> str:
        key = _key(QueryDict(query).get("event", ""))
        return reverse("care:event", args=[key]) if key else super().page_url("")

    def readers(self, user, rows: Sequence) -> dict:
        owners = unmistakable_names({one.client.responsible_id for one in rows})
        return {"lawyer": lambda one: owners.get(one.client.responsible_id, "")}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


register(EventListing())
register(GuestListing())
register(ContactListing())
register(FollowUpListing())
register(CareListing())
