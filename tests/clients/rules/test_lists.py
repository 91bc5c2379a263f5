"""Clients gone quiet: the day the silence becomes too long agrees with the criterion of regular contact."""

from datetime import date, timedelta

import pytest

from clients.rules.lists import has_gone_quiet, quiet_from
from clients.rules.relationship import assess
from clients.rules.relationship_facts import RelationshipPolicy
from tests.clients.rules.test_relationship import contact, facts

POLICY = RelationshipPolicy()
MAY = date(2026, 5, 1)


@pytest.mark.parametrize(("grade", "days"), [("A", 21), ("B", 45), ("C", 135), ("D", 90), (None, 135)])
def test_a_day_after_cadence_and_tolerance(grade, days):
    quiet = quiet_from(MAY, date(2020, 1, 1), grade, POLICY)
    assert quiet == MAY + timedelta(days=days + 1)
    assert not has_gone_quiet(quiet, MAY + timedelta(days=days))
    assert has_gone_quiet(quiet, MAY + timedelta(days=days + 1))


def test_without_any_contact_from_the_day_known():
    assert quiet_from(None, MAY, "A", POLICY) == MAY + timedelta(days=22)


def test_agrees_with_regular_contact():
    last = contact(0, "billing")
    client = facts(last, client_since=last.on, grade="B")
    day = quiet_from(last.on, last.on, "B", POLICY)
    assert not assess(client, POLICY, day).criterion("regular_contact").met
    assert assess(client, POLICY, day - timedelta(days=1)).criterion("regular_contact").met
