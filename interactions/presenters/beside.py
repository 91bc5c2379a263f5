"""What stands beside the timeline, in words: what must be known, and what the reader has begun to log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from interactions.enums import Confidentiality
from interactions.presenters.words import channel_words
from interactions.queries.beside import DRAFT, MUST_KNOW, Beside
from lawcrm.firm.templatetags.look import ago, day
from lawcrm.firm.words import is_chinese

PREVIEW = 60


@dataclass(frozen=True, slots=True)
class MustKnowLine:
    text: str
    source: str  # of a pinned contact: when and how
    url: str
    who: str
    take_down_url: str


def must_know_lines(rows: list[Beside]) -> list[MustKnowLine]:
    return [_must_know(row) for row in rows if row.kind == MUST_KNOW]


def _must_know(row: Beside) -> MustKnowLine:
    data, source, url, text = row.data, "", "", row.data["text"]
    if data["contact"]:
        at = timezone.localtime(datetime.fromisoformat(data["at"]))
        source = f"{channel_words(data['channel'])} · {day(at)}"
        url = reverse("interactions:detail", args=[UUID(data["contact"])])
        sealed = data["closeness"] == Confidentiality.CONFIDENTIAL
        text = _("The note is sealed.") if sealed else data["note"] or _("No note.")
    return MustKnowLine(text, source, url, _name(data), reverse("interactions:take_down", args=[row.id]))


def _name(data) -> str:
    if is_chinese():
        return data["name_zh"] or f"{data['family']} {data['given']}"
    return f"{data['given']} {data['family']}"


@dataclass(frozen=True, slots=True)
class DraftLine:
    pk: str
    text: str
    when: str
    running: bool


def draft_lines(rows: list[Beside]) -> list[DraftLine]:
    return [_draft(row) for row in rows if row.kind == DRAFT]


def _draft(row: Beside) -> DraftLine:
    note = " ".join((row.data["fields"].get("note") or [""])[0].split())
    short = note if len(note) <= PREVIEW else note[:PREVIEW].rstrip() + "…"
    running = bool(row.data["call_started_at"])
    words = short or (_("A call is running") if running else _("without words yet"))
    return DraftLine(str(row.id), words, ago(timezone.localtime(row.at)), running)
