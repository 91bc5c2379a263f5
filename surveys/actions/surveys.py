"""Sending a questionnaire and taking its one answer."""

import base64
import hashlib
from datetime import timedelta

from django.db import transaction

from clients.actions.relationship import assess_clients
from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.policy import current_policy
from lawcrm.firm.sealed import blind_index
from surveys.enums import Occasion
from surveys.models import SurveyAnswer, SurveyInvitation
from surveys.rules.invitation import InvitationState, closed_because
from surveys.rules.questionnaire import answer_problems, nps_group, score


class LinkClosed(Exception):
    """The link is unknown, revoked, expired or already answered. Callers tell the visitor no difference."""


class AnswerRefused(ValueError):
    """The answer says nothing, or something outside the scales; `problems` holds the codes."""

    def __init__(self, problems):
        super().__init__(", ".join(problems))
        self.problems = problems


@transaction.atomic
def send_survey(
    *, by, client, occasion=Occasion.REGULAR, language="en", email="", person=None, matter=None
) -> tuple[SurveyInvitation, str]:
    """Makes an invitation. Returns it with the link's token (see `link_token`)."""
    invitation = SurveyInvitation(
        client=client,
        person=person,
        matter=matter,
        occasion=occasion,
        language=language,
        sent_by=by,
        sent_to=email,
        expires_at=clock.now() + timedelta(days=current_policy().survey_link_days),
    )
    token = link_token(invitation)
    invitation.token_hash = token_hash(token)
    invitation.save(force_insert=True)
    record(by=by, verb="survey.sent", obj=invitation, label=client)
    return invitation, token


@transaction.atomic
def revoke_survey(invitation, *, by) -> None:
    """Closes a link that should no longer be answered."""
    held = SurveyInvitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if held.revoked_at is None:
        held.revoked_at = clock.now()
        held.save(update_fields=["revoked_at", "updated_at"])
        record(by=by, verb="survey.revoked", obj=held, label=held.client)


@transaction.atomic
def answer_survey(token: str, *, marks: dict[str, int], nps: int | None, text: str) -> SurveyAnswer:
    """Takes the one answer of a link.

    Raises LinkClosed when the link takes none, AnswerRefused when the answer cannot be taken. The invitation's
    row is locked, so of fifty answers sent at once one is kept.
    """
    invitation = open_invitation(token, lock=True)
    if problems := answer_problems(marks, nps, text):
        raise AnswerRefused(problems)
    scores = score(marks)
    answer = SurveyAnswer.objects.create(
        invitation=invitation,
        client=invitation.client,
        answered_at=clock.now(),
        marks=marks,
        dimension_scores={name: str(value) for name, value in scores.by_dimension.items()},
        score=scores.overall,
        nps=nps,
        text=text.strip(),
    )
    record(by=None, verb="survey.answered", obj=answer, label=invitation.client)
    _tell_the_lawyer(answer)
    assess_clients([invitation.client_id])
    return answer


def open_invitation(token: str, *, lock: bool = False) -> SurveyInvitation:
    """The invitation behind a link that still takes an answer. Raises LinkClosed otherwise."""
    rows = SurveyInvitation.objects.select_related("client__responsible")
    if lock:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise LinkClosed
    answered = SurveyAnswer.objects.filter(invitation=invitation).exists()
    state = InvitationState(invitation.expires_at, invitation.revoked_at is not None, answered)
    if closed_because(state, clock.now()):
        raise LinkClosed
    return invitation


def link_token(invitation) -> str:
    """The token of an invitation's link: 256 bits that follow from a key outside the database, so that the firm can
    show the link again and a copy of the database cannot."""
    secret = blind_index("surveys.surveyinvitation", "token", str(invitation.pk))
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _tell_the_lawyer(answer: SurveyAnswer) -> None:
    lawyer = answer.client.responsible
    unhappy = answer.nps is not None and nps_group(answer.nps) == "detractor"
    people = {lawyer, lawyer.supervisor} - {None} if unhappy else {lawyer}
    event = "survey.detractor" if unhappy else "survey.answered"
    notify(to=people, event=event, key=f"{event}:{answer.pk}", obj=answer)
