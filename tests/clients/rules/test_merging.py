"""Whose value stands when two clients are made one, before anybody has chosen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rules.merging import ABSORBED, BOTH, KEPT, chosen, former_names, may_take_both, proposed

OLD, NEW = date(2019, 5, 1), date(2024, 5, 1)


@pytest.mark.parametrize(
    ("name", "kept", "absorbed", "from_whom"),
    [
        ("phone", "1", "2", KEPT),
        ("phone", "", "2", ABSORBED),
        ("phone", "1", "", KEPT),
        ("phone", "1", "1", KEPT),
        ("grade", "", "", KEPT),
        ("note", "a", "b", BOTH),
        ("note", "", "b", ABSORBED),
        ("business_fields", ["civil"], ["criminal"], BOTH),
        ("business_fields", [], ["criminal"], ABSORBED),
        ("client_since", NEW, OLD, ABSORBED),  # as old as the older
        ("client_since", OLD, NEW, KEPT),
        ("verified_on", NEW, OLD, KEPT),  # as fresh as the fresher
        ("verified_on", OLD, NEW, ABSORBED),
        ("consent_disclosure", True, False, ABSORBED),  # what one did not allow is not allowed
        ("consent_disclosure", False, True, KEPT),
        ("consent_disclosure", True, True, KEPT),
    ],
)
def test_what_is_proposed(name, kept, absorbed, from_whom):
    assert proposed(name, kept, absorbed) == from_whom


@pytest.mark.parametrize(
    ("choice", "kept", "absorbed", "value"),
    [
        (KEPT, "a", "b", "a"),
        (ABSORBED, "a", "b", "b"),
        (BOTH, "a", "b", "a\n\nb"),
        (BOTH, "a b", "b", "a b"),  # it says so already
        (BOTH, ["x", "y"], ["y", "z"], ["x", "y", "z"]),
    ],
)
def test_what_a_choice_means(choice, kept, absorbed, value):
    assert chosen(choice, kept, absorbed) == value


def test_names_that_gave_way_are_former_names():
    assert former_names(["Old"], "New", "", "New", "Other", "", "Old") == ["Old", "Other"]


texts = st.text(alphabet="ab ", max_size=4)
lists = st.lists(st.sampled_from("abc"), unique=True, max_size=3)


@given(st.sampled_from(["note", "phone", "grade"]), texts, texts)
def test_nothing_that_only_one_says_is_lost(name, kept, absorbed):
    value = chosen(proposed(name, kept, absorbed), kept, absorbed)
    assert bool(value) == bool(kept or absorbed)
    assert value in (kept, absorbed) or (kept in value and absorbed in value)


@given(lists, lists)
def test_lists_are_taken_together(kept, absorbed):
    assert set(chosen(proposed("business_fields", kept, absorbed), kept, absorbed)) == {*kept, *absorbed}


@given(texts, texts)
def test_both_is_offered_only_where_there_are_both(kept, absorbed):
    assert may_take_both("note", kept, absorbed) == bool(kept and absorbed)
