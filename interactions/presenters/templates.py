"""The firm's templates and the built-in ones, side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from clients.enums import Language
from interactions.enums import MessageChannel, Occasion
from interactions.rules.texts import BUILT_IN


@dataclass(frozen=True, slots=True)
class TemplateLine:
    name: str
    url: str
    channel: str
    language: str
    beginning: str
    is_own: bool
    holds: bool  # this is the text that is used


def occasions(templates) -> list[tuple[str, str, list[TemplateLine]]]:
    """(code, label, lines) of each occasion: the firm's own, newest first, and the built-in ones behind them."""
    taken, by_occasion = set(), {code: [] for code in Occasion.values}
    for one in sorted(templates, key=lambda one: one.pk, reverse=True):
        place = (one.occasion, one.channel, one.language)
        by_occasion[one.occasion].append(_own(one, place not in taken))
        taken.add(place)
    for text in BUILT_IN.values():
        place = (text.occasion, text.channel, text.language)
        by_occasion[text.occasion].append(_built_in(text, place not in taken))
    return [(code, label, _sorted(by_occasion[code])) for code, label in Occasion.choices]


def _sorted(lines: list[TemplateLine]) -> list[TemplateLine]:
    return sorted(lines, key=lambda line: (line.channel, line.language, not line.is_own))


def _own(one, holds: bool) -> TemplateLine:
    url = reverse("care:template", args=[one.pk])
    return TemplateLine(
        one.name,
        url,
        one.get_channel_display(),
        one.get_language_display(),
        _beginning(one.body),
        True,
        holds,
    )


def _built_in(text, holds: bool) -> TemplateLine:
    channel, language = MessageChannel(text.channel).label, Language(text.language).label
    url = reverse("care:text", args=[text.code])
    return TemplateLine("", url, str(channel), str(language), _beginning(text.body), False, holds)


def _beginning(body: str) -> str:
    words = " ".join(body.split())
    return words if len(words) <= 90 else f"{words[:89]}…"
