"""When a client has gone quiet."""

from __future__ import annotations

from datetime import date, timedelta

from clients.rules.relationship_facts import RelationshipPolicy


def quiet_from(
    last_substantive_on: date | None, known_since: date, grade: str | None, policy: RelationshipPolicy
) -> date:
    """The day on which silence breaks the grade's cadence and its tolerance.

    Silence is the time without a real contact, one of substance that was answered, whoever began it: a client who
    calls is not quiet, a call nobody took breaks no silence.
    Before the first contact it counts from the day the client is known.
    """
    heard_on = last_substantive_on or known_since
    return heard_on + timedelta(days=policy.longest_gap(grade) + 1)


def has_gone_quiet(quiet_since: date | None, today: date) -> bool:
    return quiet_since is not None and quiet_since <= today
