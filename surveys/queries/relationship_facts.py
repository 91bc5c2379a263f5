"""What survey answers say of a relationship."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from clients.rules.relationship import SurveyFact
from lawcrm.firm import clock
from surveys.models import SurveyAnswer


def survey_facts(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """The answers given in the window."""
    answers = defaultdict(list)
    rows = (
        SurveyAnswer.objects.unscoped()
        .filter(client_id__in=client_ids, answered_at__gte=clock.start_of(since))
        .order_by()
        .values_list("client_id", "pk", "answered_at", "score", "nps")
    )
    for client_id, pk, answered_at, score, nps in rows:
        answers[client_id].append(SurveyFact(pk, clock.local(answered_at).date(), score, nps))
    return {client_id: {"surveys": tuple(found)} for client_id, found in answers.items()}
