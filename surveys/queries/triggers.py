"""What surveys raise by themselves: the next one due, and an unhappy answer (interactions/triggers.py)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from interactions.enums import Trigger
from interactions.queries.triggers import Night
from interactions.rules import triggers as rules

_ASKED = """
SELECT client_id, max(created_at AT TIME ZONE %(zone)s)::date
  FROM surveys_surveyinvitation
 WHERE client_id = ANY(%(clients)s) AND revoked_at IS NULL AND created_at < %(until)s
 GROUP BY client_id
"""
_ANSWERS = """
SELECT DISTINCT ON (client_id) client_id, id, (answered_at AT TIME ZONE %(zone)s)::date, nps, score
  FROM surveys_surveyanswer
 WHERE client_id = ANY(%(clients)s) AND answered_at < %(until)s
 ORDER BY client_id, answered_at DESC, id
"""


def surveys_due(night: Night) -> Iterator[tuple]:
    asked = dict(night.rows(_ASKED))
    for client in night.clients.values():
        cause = rules.survey_due(
            of=client.id,
            asked_on=asked.get(client.id),
            since=client.since,
            grade=client.grade,
            rule=night.rules[Trigger.SURVEY_DUE],
            today=night.today,
        )
        if cause:
            yield client.id, cause


def unhappy_answers(night: Night) -> Iterator[tuple]:
    """The last answer alone counts: who is content by now is no detractor."""
    for client_id, answer, on, nps, score in _last_answers(night):
        cause = rules.detractor(
            answer=answer,
            on=on,
            nps=nps,
            score=score,
            rule=night.rules[Trigger.DETRACTOR],
            spoke_on=night.log_of(client_id).spoke_on,
        )
        if cause and client_id in night.clients:
            yield client_id, cause


def low_answers(night: Night) -> dict[UUID, dict[str, date]]:
    found = defaultdict(dict)
    for client_id, _answer, on, nps, score in _last_answers(night):
        if rules.is_detractor(nps, score):
            found[client_id][rules.LOW_ANSWER] = on
    return found


def _last_answers(night: Night) -> list[tuple]:
    return night.shared("surveys.answers", lambda: night.rows(_ANSWERS))
