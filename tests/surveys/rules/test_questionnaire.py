"""Scores of the questionnaire, the Net Promoter Score, and which answers are refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.invitation import InvitationState, closed_because
from surveys.rules.questionnaire import ALL_QUESTIONS, answer_problems, net_promoter_score, nps_group, score

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_a_dimension_is_the_mean_of_its_marks_and_the_whole_the_mean_of_the_dimensions():
    scores = score({"professional_level": 5, "communication": 4, "office": 2})
    assert scores.by_dimension == {"quality": Decimal("4.50"), "environment": Decimal("2.00")}
    assert scores.overall == Decimal("3.25")


def test_no_marks_no_score():
    assert score({}).overall is None


@given(st.dictionaries(st.sampled_from(ALL_QUESTIONS), st.integers(1, 5), min_size=1))
def test_a_score_lies_between_the_lowest_and_the_highest_mark(marks):
    assert min(marks.values()) <= score(marks).overall <= max(marks.values())


@pytest.mark.parametrize(
    ("nps", "group"),
    [(0, "detractor"), (6, "detractor"), (7, "passive"), (8, "passive"), (9, "promoter"), (10, "promoter")],
)
def test_groups_of_recommendation(nps, group):
    assert nps_group(nps) == group


@pytest.mark.parametrize(
    ("answers", "nps"), [([], None), ([10], 100), ([0], -100), ([10, 10, 8, 0], 25), ([7, 8], 0)]
)
def test_net_promoter_score(answers, nps):
    assert net_promoter_score(answers) == nps


@pytest.mark.parametrize(
    ("marks", "nps", "text", "problems"),
    [
        ({"office": 5}, None, "", ()),
        ({}, 0, "", ()),
        ({}, None, "太慢了", ()),
        ({}, None, "  ", ("empty_answer",)),
        ({"office": 6}, None, "", ("mark_out_of_range",)),
        ({"office": 0}, None, "", ("mark_out_of_range",)),
        ({"lunch": 3}, None, "", ("unknown_question:lunch",)),
        ({}, 11, "", ("nps_out_of_range",)),
    ],
)
def test_which_answers_are_refused(marks, nps, text, problems):
    assert answer_problems(marks, nps, text) == problems


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        (InvitationState(NOW + timedelta(seconds=1), False, False), None),
        (InvitationState(NOW, False, False), "expired"),
        (InvitationState(NOW + timedelta(days=1), True, False), "revoked"),
        (InvitationState(NOW - timedelta(days=1), True, True), "answered"),
    ],
)
def test_until_when_a_link_may_be_answered(state, closed):
    assert closed_because(state, NOW) == closed
