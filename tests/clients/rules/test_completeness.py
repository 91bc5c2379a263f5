"""How complete a profile is."""

from hypothesis import given
from hypothesis import strategies as st

from clients.rules.completeness import PARTS, completeness

WEIGHTS = {"reach": 25, "identity": 15, "background": 15, "people": 15, "service": 15, "principles": 15}
ALL = sorted(
    {one for parts in PARTS.values() for names in parts for name in names for one in name.split("|")}
)


def test_nothing_and_everything():
    assert completeness((), is_person=True, weights=WEIGHTS).score == 0
    for is_person in (True, False):
        full = completeness(ALL, is_person=is_person, weights=WEIGHTS)
        assert (full.score, full.missing) == (100, ())


def test_the_missing_are_named_the_weightiest_first():
    filled = set(ALL) - {"phone", "temperament", "interests", "education"}
    found = completeness(filled, is_person=True, weights=WEIGHTS)
    assert found.missing == ("phone", "interests|education", "temperament")
    assert found.score == 83  # 14.25 of 85: a person has no people to name


def test_either_of_two_is_enough():
    assert "email|wechat" not in completeness({"wechat"}, is_person=True, weights=WEIGHTS).missing


def test_a_kind_is_not_blamed_for_what_it_has_not():
    assert "registration_number" not in completeness((), is_person=True, weights=WEIGHTS).missing
    assert "birth_date" not in completeness((), is_person=False, weights=WEIGHTS).missing


def test_a_part_of_no_weight_is_not_asked_for():
    found = completeness((), is_person=False, weights=WEIGHTS | {"people": 0})
    assert not {"people", "decision_maker"} & set(found.missing)
    assert completeness((), is_person=False, weights={}).score == 100


@given(st.sets(st.sampled_from(ALL)), st.sampled_from(ALL), st.booleans())
def test_knowing_more_never_lowers_it(filled, more, is_person):
    before = completeness(filled, is_person=is_person, weights=WEIGHTS)
    after = completeness(filled | {more}, is_person=is_person, weights=WEIGHTS)
    assert after.score >= before.score
    assert set(after.missing) <= set(before.missing)
    assert (before.score == 100) == (not before.missing)
