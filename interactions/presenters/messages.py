"""A message to a client, put together from a template: in the client's language, signed by whoever sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.enums import FAMILY_OF, ClientFamily
from interactions.enums import FestivalName
from interactions.rules import placeholders
from interactions.rules.addressing import language_for, salutation
from lawcrm.firm.templatetags.look import day

# What each placeholder stands for, for whoever writes a template.
MEANINGS = {
    "salutation": gettext_lazy("Dear …, by language and sex"),
    "client": gettext_lazy("the client’s name"),
    "person": gettext_lazy("the person written to"),
    "sender": gettext_lazy("who sends it"),
    "lawyer": gettext_lazy("the responsible lawyer"),
    "firm": gettext_lazy("the firm’s name"),
    "date": gettext_lazy("the day it is about"),
    "festival": gettext_lazy("the festival"),
    "event": gettext_lazy("the event’s title"),
    "event_date": gettext_lazy("when it is"),
    "event_place": gettext_lazy("where it is"),
    "answer_link": gettext_lazy("the guest’s own link to answer by"),
}


@dataclass(frozen=True, slots=True)
class Message:
    subject: str
    body: str


def language_of(client, person=None) -> str:
    """The language somebody is written to in: their own, the client's, that of the name."""
    said = (person.language if person else "") or client.language
    return language_for(said, person.name if person else client.name)


def compose(
    subject: str, body: str, *, client, person=None, sender, on: date | None = None, **more
) -> Message:
    """The words of a template filled in. `more`: values of further placeholders, by code."""
    language = language_of(client, person)
    with translation.override(language):
        values = _values(client, person, sender, on, language) | more
        filled = [placeholders.fill(text, values) for text in (subject, body)]
    return Message(" ".join(filled[0].split())[:200], _tidy(filled[1]))


def _values(client, person, sender, on, language) -> dict[str, str]:
    is_person = person is not None or FAMILY_OF[client.kind] == ClientFamily.INDIVIDUAL
    named = person or client
    return {
        "salutation": salutation(named.name, language, sex=named.sex, is_person=is_person),
        "client": client.name,
        "person": named.name,
        "sender": sender.display_name,
        "lawyer": client.responsible.display_name,
        "firm": settings.FIRM_NAME,
        "date": day(on) if on else "",
    }


def _tidy(text: str) -> str:
    """Without what an empty name of the firm leaves behind at the end."""
    return text.strip().rstrip(" ,，")


def festival_name(code: str) -> str:
    return str(FestivalName(code).label)


def placeholder_help(occasion: str = "") -> list[tuple[str, str]]:
    """(as it is written, what it stands for), of one occasion or of all."""
    known = placeholders.known_for(occasion) if occasion else placeholders.ALL
    chinese = (translation.get_language() or "").startswith("zh")
    return [(f"{{{known[code] if chinese else code}}}", MEANINGS[code]) for code in known]


def sample_values(occasion: str) -> dict[str, str]:
    """What stands in a preview for what only the real thing knows."""
    return {
        "festival": festival_name("mid_autumn"),
        "event": _("the autumn seminar"),
        "event_date": day(date(2026, 10, 16)),
        "event_place": _("at our office"),
        "answer_link": "https://…",
    }
