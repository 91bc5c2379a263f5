"""The relationship ladder as templates/components/ladder.html and ladder_why.html draw it, and the client's path."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.enums import RelationshipType
from clients.evidence import EvidenceLink
from clients.presenters.relationship import NAMES, ladder, next_step_words, type_label
from clients.rules import next_step
from clients.rules.relationship import CRITERIA, Assessment, Criterion, compare
from clients.rules.relationship_facts import Facts
from clients.rules.relationship_stored import from_json
from lawcrm.firm.roles import may
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.words import listed, sentences

LINKS = 4  # records named beside a criterion


Links = Mapping[str, Mapping[UUID, EvidenceLink]]  # by kind of record, what the reader may open


def seen_by_reader(facts: Facts, links: Links) -> Facts:
    """The facts without the records the reader may not open: neither shown nor counted for them."""

    def only(kind: str, found: tuple) -> tuple:
        return tuple(one for one in found if one.id in links.get(kind, ()))

    contacts = only("contacts", facts.contacts)
    return replace(
        facts,
        contacts=contacts,
        contact_count=facts.contact_count - (len(facts.contacts) - len(contacts)),
        matters=only("matters", facts.matters),
        surveys=only("surveys", facts.surveys),
        open_complaints=len(links.get("complaints", ())),
    )


def ladder_context(client, user, row, override, today: date) -> dict:
    """The ladder from the stored judgement; the criteria follow when asked for (`why_url`)."""
    assessment = from_json(row.criteria) if row and row.criteria else None
    context = _ladder(client, user, assessment, override, today, verdict=_type_of(row))
    return context | {"why_url": reverse("clients:relationship", args=[client.pk])}


def full_ladder_context(
    client, user, row, assessment: Assessment, links: Links, override, today: date
) -> dict:
    """The ladder with every criterion, its figures and the records that show it.

    The type is the firm's verdict (`row`), the same for everybody who sees the client; the criteria are judged by
    what the reader may open (`assessment`, `links`).
    """
    context = _ladder(client, user, assessment, override, today, verdict=_type_of(row), links=links)
    return context | {"open": True, "extra_url": ""}


def _ladder(client, user, assessment, override, today, *, verdict: int, links: Links | None = None) -> dict:
    counts = override.type if override else verdict
    return {
        "known": bool(counts),
        "unknown_reason": "" if counts else _unknown_reason(assessment),
        "steps": [_step(rung, counts, links) for rung in ladder(assessment or _EMPTY)],
        "current_label": str(RelationshipType(counts).label) if counts else "",
        "override": _override(override, verdict) if override else None,
        "next": _next(client, user, assessment, today) if assessment else None,
        "extra_url": reverse("clients:relationship", args=[client.pk]),
        "extra_text": _("Path"),
    }


_EMPTY = Assessment(None, True, (), None)


def _type_of(row) -> int:
    return row.type or 0 if row else 0


def _unknown_reason(assessment: Assessment | None) -> str:
    if assessment is None or not assessment.criterion("reachable").figures.get("all_contacts"):
        return _("No contact is on record yet: log the first one.")
    return _("Known for too short a time, with too few contacts, to say.")


def _step(rung, counts: int, links: Links | None) -> dict:
    state = "current" if rung.rank == counts else "reached" if rung.rank < counts else "ahead"
    return {
        "code": rung.code,
        "label": rung.label,
        "looks_like": rung.looks_like,
        "state": state,
        "met": sum(words.met for words in rung.criteria),
        "total": len(rung.criteria),
        "criteria": [
            {
                "text": words.name,
                "met": words.met,
                "figures": words.sentence if links is not None else "",
                "links": _links(words.criterion, links or {}),
            }
            for words in rung.criteria
        ],
    }


def _links(criterion: Criterion, links: Links) -> list[EvidenceLink]:
    wanted = [("matters", criterion.missing + criterion.pending)]
    wanted += [("contacts", criterion.evidence), ("surveys", criterion.surveys)]
    found = [links.get(kind, {}).get(pk) for kind, ids in wanted for pk in ids]
    return [link for link in found if link][:LINKS]


def _override(override, verdict: int) -> dict:
    return {
        "label": str(override.get_type_display()),
        "by": override.made_by.display_name,
        "reason": override.reason,
        "until": day(override.ends_on),
        "assessed_label": type_label(RelationshipType(verdict).code if verdict else None),
    }


def _next(client, user, assessment: Assessment, today: date) -> dict | None:
    step = next_step.suggest(assessment, today)
    if step is None:
        return None
    url = reverse("interactions:next_step", args=[client.pk]) if may(user, "contacts.log") else ""
    return {
        "text": next_step_words(step),
        "towards": type_label(CRITERIA[step.code]),
        "post_url": url,
        "due_on": step.due_on,
    }


# -- the path over time -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PathLine:
    on: date
    type_code: str  # "" where evidence was insufficient
    label: str
    kind: str  # first, rise, fall, unclear, or same: only criteria changed
    what: str  # what was gained and lost


def path_lines(rows) -> list[PathLine]:
    """The client's judgements, newest first, each compared with the one before it."""
    rows = list(rows)
    judged = [from_json(row.criteria) if row.criteria else None for row in rows]
    earlier = [*judged[1:], None]
    return [_path_line(row, now, before) for row, now, before in zip(rows, judged, earlier, strict=True)]


def _path_line(row, now: Assessment | None, before: Assessment | None) -> PathLine:
    code = RelationshipType(row.type).code if row.type else ""
    if now is None:
        return PathLine(row.assessed_on, code, type_label(code or None), "same", "")
    change = compare(before, now)
    what = (
        [_("Now holds: %(criteria)s.") % {"criteria": _names(change.gained)}]
        if before and change.gained
        else []
    )
    what += [_("No longer holds: %(criteria)s.") % {"criteria": _names(change.lost)}] if change.lost else []
    return PathLine(row.assessed_on, code, type_label(code or None), change.kind, sentences(what))


def _names(codes) -> str:
    return listed(NAMES[code] for code in codes)
