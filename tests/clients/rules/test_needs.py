"""The way of a need, as the table has it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.enums import NeedStatus as S
from clients.rules.needs import FORWARD, OPEN, TABLE, NotPossible, age_band, is_open, moves_from, status_after

FULL = {"feasibility": 3, "risk": 1, "cost": 2, "reason": "Too dear."}
MOVES = sorted({step.move for step in TABLE})


def test_straight_on_from_found_to_met():
    status, seen = S.IDENTIFIED, []
    for move in FORWARD:
        seen.append(status := status_after(status, move, FULL))
    assert seen == [S.ASSESSED, S.PLANNED, S.IN_SERVICE, S.SATISFIED]


@pytest.mark.parametrize(
    ("status", "move", "given", "target"),
    [
        (S.IDENTIFIED, "assess", {"feasibility": 3, "risk": 1}, None),  # cost is missing
        (S.IDENTIFIED, "plan", FULL, None),  # not assessed yet
        (S.ASSESSED, "drop", {}, None),  # without a reason
        (S.ASSESSED, "drop", {"reason": "They found another firm."}, S.DROPPED),
        (S.SATISFIED, "drop", FULL, None),
        (S.DROPPED, "reopen", {}, S.IDENTIFIED),
        (S.SATISFIED, "reopen", {}, S.IN_SERVICE),
        (S.PLANNED, "unplan", {}, S.ASSESSED),
        (S.IDENTIFIED, "fly", FULL, None),
    ],
)
def test_steps(status, move, given, target):
    if target is None:
        with pytest.raises(NotPossible):
            status_after(status, move, given)
    else:
        assert status_after(status, move, given) == target


@pytest.mark.parametrize("status", S.values)
def test_every_status_has_a_way_on_and_the_forward_step_comes_first(status):
    moves = moves_from(status)
    assert moves
    if status in OPEN:
        assert moves[0] in FORWARD and moves[-1] == "drop"


@given(st.lists(st.sampled_from(MOVES), max_size=30))
def test_any_walk_stays_on_the_table(moves):
    status = S.IDENTIFIED
    for move in moves:
        try:
            status = status_after(status, move, FULL)
        except NotPossible:
            assert move not in moves_from(status)
    assert status in S.values
    assert is_open(status) == (status not in (S.SATISFIED, S.DROPPED))


@pytest.mark.parametrize(
    ("days", "band"), [(0, 0), (29, 0), (30, 1), (89, 1), (90, 2), (179, 2), (180, 3), (900, 3)]
)
def test_ageing(days, band):
    today = date(2026, 11, 21)
    assert age_band(today - timedelta(days=days), today) == band
