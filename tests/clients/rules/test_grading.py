"""The score figure by figure, and which grade counts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rules.grading import (
    GRADES,
    GradingPolicy,
    ScoreFacts,
    counting_grade,
    day_within_quarter,
    direction,
    grade_of,
    score,
)
from lawcrm.firm.policy import FirmPolicy

TODAY = date(2026, 11, 21)
POLICY = GradingPolicy.of(FirmPolicy())
NEW = ScoreFacts(known_since=TODAY)


def years_ago(years: float) -> date:
    return TODAY - timedelta(days=round(365.25 * years))


@pytest.mark.parametrize(
    ("facts", "points", "grade"),
    [
        (NEW, None, None),  # nothing on record: not scored, never D by default
        (replace(NEW, client_since=years_ago(30)), None, None),  # years alone are no evidence
        (replace(NEW, fees=500_000, fee_entries=1), 50.0, "B"),
        (replace(NEW, fees=5_000_000, fee_entries=9), 50.0, "B"),  # no more than full
        (replace(NEW, fees=250_000, fee_entries=1, client_since=years_ago(5)), 35.0, "C"),
        (replace(NEW, fees=500_000, fee_entries=1, referrals=3, client_since=years_ago(10)), 100.0, "A"),
        (replace(NEW, fees=0, fee_entries=1), 0.0, "D"),  # a bill of nothing is a record
        # referrals 40, realisation 30, standing 30 of the contribution's 30 points
        (replace(NEW, referrals=3, realisation=0, standing=1), 12.0, "D"),
        (replace(NEW, referrals=0, realisation=100, standing=5), 18.0, "D"),
        # standing not said: referrals and realisation carry its weight, 4 : 3
        (replace(NEW, referrals=0, realisation=100), round(30 * 3 / 7, 1), "D"),
    ],
)
def test_scores(facts, points, grade):
    judged = score(facts, POLICY, TODAY)
    assert judged.points == pytest.approx(points, abs=0.05) if points is not None else judged.points is None
    assert judged.grade == grade


def test_figures_explain_the_points():
    facts = replace(NEW, fees=320_000, fee_entries=4, referrals=1, standing=3, client_since=years_ago(4))
    judged = score(facts, POLICY, TODAY)
    assert [figure.code for figure in judged.figures] == [
        "volume",
        "referrals",
        "realisation",
        "standing",
        "years",
    ]
    assert judged.points == pytest.approx(sum(figure.points for figure in judged.figures), abs=0.05)
    assert sum(figure.most for figure in judged.figures) == pytest.approx(100)
    volume, _referrals, realisation, *_rest = judged.figures
    assert (volume.value, volume.full, round(volume.points), round(volume.most)) == (320_000, 500_000, 32, 50)
    assert (realisation.value, realisation.most) == (None, 0)


facts_of_any_client = st.builds(
    ScoreFacts,
    known_since=st.dates(date(1990, 1, 1), TODAY),
    client_since=st.none() | st.dates(date(1950, 1, 1), date(2030, 1, 1)),
    fees=st.floats(0, 1e9),
    fee_entries=st.integers(0, 50),
    referrals=st.integers(0, 50),
    realisation=st.none() | st.integers(0, 100),
    standing=st.none() | st.integers(1, 5),
)


@given(facts_of_any_client)
def test_points_stay_within_a_hundred_and_add_up(facts):
    judged = score(facts, POLICY, TODAY)
    for figure in judged.figures:
        assert 0 <= figure.points <= figure.most + 1e-9
    if judged.points is not None:
        assert 0 <= judged.points <= 100
        assert judged.grade in GRADES


@given(facts_of_any_client, st.floats(0, 1e6), st.integers(0, 5))
def test_more_fees_or_referrals_never_lower_the_score(facts, more, others):
    facts = replace(facts, fee_entries=1)
    better = replace(facts, fees=facts.fees + more, referrals=facts.referrals + others)
    assert score(better, POLICY, TODAY).points >= score(facts, POLICY, TODAY).points


@pytest.mark.parametrize(
    ("points", "grade"),
    [(100, "A"), (70, "A"), (69.9, "B"), (45, "B"), (44.9, "C"), (20, "C"), (19.9, "D"), (0, "D")],
)
def test_cutoffs(points, grade):
    assert grade_of(points, POLICY.grade_cutoffs) == grade


@pytest.mark.parametrize(
    ("now", "by_hand", "ended_from", "proposed", "follows", "counts"),
    [
        ("C", None, None, "A", False, "C"),  # the score only proposes
        ("C", None, None, "A", True, "A"),
        ("C", "B", None, "A", True, "B"),  # by hand beats the score
        ("B", None, "C", "A", False, "C"),  # by hand has ended: back to what it replaced
        ("B", None, "C", "A", True, "A"),  # or to the score
        ("B", None, "C", None, True, "C"),
        ("B", None, "", None, True, ""),  # there was none before
        ("B", None, None, None, True, "B"),
        ("", None, None, None, True, ""),
    ],
)
def test_which_grade_counts(now, by_hand, ended_from, proposed, follows, counts):
    found = counting_grade(
        now=now, by_hand=by_hand, ended_from=ended_from, proposed=proposed, follows=follows
    )
    assert found == counts


@pytest.mark.parametrize(
    ("old", "new", "way"),
    [
        ("C", "A", "up"),
        ("A", "B", "down"),
        ("", "A", "first"),
        ("D", "C", "up"),
        ("B", "B", "none"),
        ("B", "", "none"),
    ],
)
def test_direction(old, new, way):
    assert direction(old, new) == way


@given(st.integers(0, 100_000), st.integers(1, 90))
def test_talks_stay_within_the_quarter(place, first):
    assert first <= day_within_quarter(place, first) <= 90


def test_fees_count_from_a_day_that_exists():
    assert POLICY.fees_since(date(2026, 3, 31)) == date(2024, 3, 28)
    assert POLICY.fees_since(TODAY) == date(2024, 11, 21)
