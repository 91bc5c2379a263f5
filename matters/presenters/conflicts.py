"""Conflict checks as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.enums import LinkKind
from lawcrm.firm.words import labelled, listed
from matters.enums import HitReason, HitSource, PartyRole
from matters.queries.conflicts import clients_of_people, sees_check

REASONS = dict(HitReason.choices)


@dataclass(frozen=True, slots=True)
class HitLine:
    title: str
    url: str
    where: str
    where_url: str
    asked: str  # where it is another of the subject's names
    why: str
    lawyer: str
    adverse: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class SubjectLines:
    name: str
    others: str
    role: str
    hits: list[HitLine]


def role_words(role: str) -> str:
    if role == "client":
        return str(HitSource.CLIENT.label)
    return str(PartyRole(role).label) if role else _("Name asked for")


def names_asked(check) -> list[str]:
    """The names a check was asked for, its client's own apart."""
    return [subject["name"] for subject in check.subjects if subject["role"] != "client"]


def subject_lines(check, hits: Iterable, user) -> list[SubjectLines]:
    """Every name that was asked, with what was found for it."""
    hits = list(hits)
    places = clients_of_people({hit.person_id for hit in hits if hit.person_id}, user)
    return [
        SubjectLines(
            subject["name"],
            listed(subject["other_names"]),
            role_words(subject["role"]),
            [hit_line(hit, subject["name"], places) for hit in hits if hit.subject == place],
        )
        for place, subject in enumerate(check.subjects)
    ]


def hit_line(hit, subject_name: str, places: dict) -> HitLine:
    where, where_url = _where(hit, places)
    owner = hit.matter.responsible if hit.matter else hit.client.responsible if hit.client else None
    return HitLine(
        title=hit.known_name,
        url=_address(hit),
        where=where,
        where_url=where_url,
        asked=hit.asked_name if hit.asked_name != subject_name else "",
        why=" · ".join(str(REASONS[reason]) for reason in hit.reasons if reason in REASONS),
        lawyer=owner.display_name if owner else "",
        adverse=hit.adverse,
        weak=hit.strength <= 1,
    )


def _address(hit) -> str:
    if hit.matter_id:
        return reverse("matters:detail", args=[hit.matter_id])
    return reverse("clients:detail", args=[hit.client_id]) if hit.client_id else ""


def _where(hit, places: dict) -> tuple[str, str]:
    """What it is on record, in words, and the page that tells more."""
    if hit.source == HitSource.PARTY and hit.matter:
        role = PartyRole(hit.known_role).label if hit.known_role else HitSource.PARTY.label
        words = labelled(role, f"{hit.matter.title} ({hit.client.name})" if hit.client else hit.matter.title)
        return words + (_via(hit) if hit.via_client else ""), _address(hit)
    if hit.source == HitSource.PERSON:
        clients = places.get(hit.person_id, [])
        words = labelled(HitSource.PERSON.label, listed(client.name for client in clients) or "–")
        return words, reverse("clients:detail", args=[clients[0].pk]) if clients else ""
    if hit.source == HitSource.COLLEAGUE:
        return str(HitSource.COLLEAGUE.label), ""
    if hit.source == HitSource.NETWORK:
        near = hit.via_client or hit.client or hit.person
        kind = dict(LinkKind.choices).get(hit.link_kind, HitSource.NETWORK.label)
        return labelled(HitSource.NETWORK.label, f"{kind} – {near}"), _address(hit)
    return str(HitSource.CLIENT.label), _address(hit)


def _via(hit) -> str:
    kind = dict(LinkKind.choices).get(hit.link_kind, "")
    return f" · {kind} – {hit.via_client.name}"


def refused_words(check, user):
    """Why something cannot be done, with the way to the refusal for whoever may see it."""
    text = _(
        "Refused by the conflict check %(reference)s. Who decides on conflicts must waive it first, with a reason."
    )
    words = text % {"reference": check.reference}
    if not sees_check(user, check):
        return words
    return format_html(
        '{} <a href="{}">{}</a>', words, reverse("matters:conflict", args=[check.pk]), _("Look at it")
    )


def state_words(check) -> tuple[str, str]:
    """What the check has come to, and the colour of its mark."""
    if not check.decision:
        return pgettext("conflict check", "Waiting for a decision"), "action"
    return check.get_decision_display(), "late" if check.decision == "refused" else ""


@dataclass(frozen=True, slots=True)
class CheckLine:
    url: str
    names: str
    reference: str
    about: str
    when: object
    who: str
    state: str
    kind: str


def check_line(check) -> CheckLine:
    names = names_asked(check)
    state, kind = state_words(check)
    return CheckLine(
        url=reverse("matters:conflict", args=[check.pk]),
        names=listed(names[:4] or [subject["name"] for subject in check.subjects[:1]])
        + (" …" if len(names) > 4 else ""),
        reference=check.reference,
        about=check.matter.title if check.matter else check.client.name if check.client else check.purpose,
        when=check.created_at,
        who=check.asked_by.display_name,
        state=state,
        kind=kind,
    )
