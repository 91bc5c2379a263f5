"""Surveys as pages show them: values made ready before the template."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lawcrm.firm import clock
from surveys.rules.invitation import InvitationState, closed_because
from surveys.rules.questionnaire import nps_group
from surveys.words import MARK_WORDS, QUESTION_WORDS, dimension_word

FEW = 5  # below this many answers a mean says little; the page says so


@dataclass(frozen=True, slots=True)
class InvitationLine:
    url: str
    client: str
    client_url: str
    occasion: str
    sent: str
    sent_by: str
    state: str
    is_open: bool
    score: str
    nps: str
    is_unhappy: bool


def invitation_line(invitation) -> InvitationLine:
    """One row of a list of surveys, with its answer where there is one."""
    answer = getattr(invitation, "answer", None)
    closed = _closed(invitation)
    return InvitationLine(
        url=reverse("surveys:result", args=[answer.pk])
        if answer
        else reverse("surveys:invitation", args=[invitation.pk]),
        client=invitation.client.name,
        client_url=reverse("clients:detail", args=[invitation.client_id]),
        occasion=invitation.get_occasion_display(),
        sent=date_format(clock.local(invitation.created_at), "SHORT_DATE_FORMAT"),
        sent_by=invitation.sent_by.display_name,
        state=_state_word(closed),
        is_open=closed is None,
        score=figure(answer.score if answer else None),
        nps=figure(answer.nps if answer else None),
        is_unhappy=bool(answer and answer.nps is not None and nps_group(answer.nps) == "detractor"),
    )


def state_of(invitation) -> str:
    return _state_word(_closed(invitation))


def _closed(invitation) -> str | None:
    """Why it cannot be answered any more; None where it can."""
    answered = getattr(invitation, "answer", None) is not None
    state = InvitationState(invitation.expires_at, invitation.revoked_at is not None, answered)
    return closed_because(state, clock.now())


def answer_card(answer) -> dict:
    """One answer: its scores by dimension, each question's mark, and the client's own words."""
    return {
        "when": answer.answered_at,
        "score": figure(answer.score),
        "nps": figure(answer.nps),
        "group": _group_word(answer.nps),
        "text": answer.text,
        "dimensions": [
            {"label": dimension_word(code), "score": score} for code, score in answer.dimension_scores.items()
        ],
        "marks": [
            {"label": QUESTION_WORDS[question], "mark": mark, "word": MARK_WORDS[mark]}
            for question, mark in answer.marks.items()
        ],
        "url": reverse("surveys:result", args=[answer.pk]),
    }


def summary(figures: dict) -> dict:
    """The figures of many answers, as words: mean score, NPS, and the dimensions from the lowest up."""
    dimensions = sorted(
        (
            {"label": dimension_word(code), "score": score}
            for code, score in figures["dimensions"].items()
            if score
        ),
        key=lambda dimension: dimension["score"],
    )
    return {
        "answers": figures["answers"],
        "score": figure(figures["score"]),
        "nps": figure(figures["nps"]),
        "dimensions": [{**dimension, "score": f"{dimension['score']:.1f}"} for dimension in dimensions],
        "are_few": figures["answers"] < FEW,
    }


def figure(value) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if not isinstance(value, int) else str(value)


def _state_word(closed: str | None) -> str:
    return {
        None: _("Waiting for the answer"),
        "answered": _("Answered"),
        "revoked": _("Withdrawn"),
        "expired": _("Expired"),
    }[closed]


def _group_word(nps: int | None) -> str:
    if nps is None:
        return ""
    return {"promoter": _("Promoter"), "passive": _("Undecided"), "detractor": _("Detractor")}[nps_group(nps)]
