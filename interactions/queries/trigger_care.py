"""Whom the care plans greet: what a trigger asks before it raises a follow-up for a birthday or a festival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from interactions.enums import CareKind
from interactions.rules.care import birthday_key, festival_key

_PLANS = """
SELECT p.client_id, p.grade, s.kind, s.festivals
  FROM interactions_careplan p LEFT JOIN interactions_carestep s ON s.plan_id = p.id AND s.kind IN ('birthday', 'festival')
"""
_PLACES = """
SELECT cp.person_id, c.id, c.grade
  FROM clients_clientperson cp JOIN clients_client c ON c.id = cp.client_id
 WHERE cp.person_id = ANY(%(people)s) AND cp.ended_on IS NULL AND c.trashed_at IS NULL AND c.merged_into_id IS NULL
"""
_TASKS = """
SELECT person_id, occasion FROM interactions_caretask
 WHERE person_id = ANY(%(people)s) AND occasion = ANY(%(occasions)s)
 UNION ALL
SELECT client_id, occasion FROM interactions_caretask
 WHERE client_id = ANY(%(whole)s) AND person_id IS NULL AND occasion = ANY(%(occasions)s)
"""
_OF_CLIENTS = """
SELECT client_id, occasion FROM interactions_caretask
 WHERE client_id = ANY(%(clients)s) AND kind = 'festival' AND "on" = ANY(%(days)s)
"""


class Greeted:
    """Each answer is one of the plan or of a task that stands: waiting, sent, or left out by somebody."""

    def __init__(self, night):
        self.night = night
        self.own: dict[UUID, set[str]] = defaultdict(set)
        self.of_grade: dict[str, set[str]] = defaultdict(set)
        for client_id, grade, kind, festivals in night.rows(_PLANS):
            held = self.own[client_id] if client_id else self.of_grade[grade]
            held |= {CareKind.BIRTHDAY} if kind == CareKind.BIRTHDAY else set(festivals or ())
        self.nobody = not self.own and not self.of_grade

    def _plans(self, client_id: UUID, grade: str, code: str) -> bool:
        """A client's own plan goes before its grade's, also where it has no step."""
        return code in (self.own[client_id] if client_id in self.own else self.of_grade.get(grade, ()))

    def birthdays(self, births: Iterable[tuple]) -> set[UUID]:
        """Of (client id, person id or None, day): the people, and the clients themselves, that care greets."""
        births = list(births)
        people = [person for _client, person, _day in births if person]
        values = {
            "people": people,
            "whole": [client for client, person, _day in births if not person],
            "occasions": sorted({birthday_key(day) for _client, _person, day in births}),
        }
        places = [] if self.nobody else self.night.rows(_PLACES, people=people)
        clients = self.night.clients
        planned = {person for person, *client in places if self._plans(*client, CareKind.BIRTHDAY)}
        planned |= {
            client
            for client, person, _day in births
            if not person
            and client in clients
            and self._plans(client, clients[client].grade, CareKind.BIRTHDAY)
        }
        return planned | {of for of, _occasion in self.night.rows(_TASKS, **values)}

    def festivals(self, near: dict[str, date]) -> set[tuple]:
        """(client id, code) of the festivals that care greets."""
        keys = {festival_key(code, day): code for code, day in near.items()}
        planned = {
            (client.id, code)
            for client in self.night.clients.values()
            for code in near
            if not self.nobody and self._plans(client.id, client.grade, code)
        }
        tasks = self.night.rows(_OF_CLIENTS, days=list(near.values()))
        return planned | {(client, keys[occasion]) for client, occasion in tasks if occasion in keys}
