"""What an address says of conditions, and that it says the same when written again."""

from datetime import date

import pytest

from clients.rules.filters import Condition, Op, as_day, as_last_day, read_condition, renumbered


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("grade", "A,B", Condition("grade", Op.IS, ("A", "B"))),
        ("grade", "not:A", Condition("grade", Op.NOT, ("A",))),
        ("g2.grade", "A", Condition("grade", Op.IS, ("A",), 2)),
        ("since", "2020-01-01..2020-12-31", Condition("since", Op.BETWEEN, ("2020-01-01", "2020-12-31"))),
        ("since", "..2020", Condition("since", Op.BETWEEN, ("", "2020"))),
        ("contact", "over:90", Condition("contact", Op.OVER, ("90",))),
        ("phone", "empty", Condition("phone", Op.EMPTY)),
        ("tags", "all:x,y", Condition("tags", Op.ALL, ("x", "y"))),
    ],
)
def test_read_and_written_again(name, written, expected):
    condition = read_condition(name, written)
    assert condition == expected
    assert (condition.name, condition.written) == (name, written)


@pytest.mark.parametrize("written", ["has:a, b: c", "is:over:90", "starts:empty", "lacks:x..y"])
def test_texts_may_hold_anything(written):
    condition = read_condition("note", written, is_text=True)
    assert read_condition("note", condition.written, is_text=True) == condition


@pytest.mark.parametrize(
    ("name", "written"), [("grade", ""), ("Grade", "A"), ("g0.grade", "A"), ("since", ".."), ("contact", "over:x")]
)  # fmt: skip
def test_what_says_nothing_is_no_condition(name, written):
    assert read_condition(name, written) is None


def test_a_month_and_a_year_have_a_last_day():
    assert (as_day("2024-02"), as_last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (as_day("2023"), as_last_day("2023")) == (date(2023, 1, 1), date(2023, 12, 31))
    assert as_day("2023-02-30") is None


def test_a_group_of_one_is_none():
    one, two, three = (Condition(c, Op.IS, ("x",), g) for c, g in (("a", 3), ("b", 5), ("c", 5)))
    assert [c.group for c in renumbered([one, two, three])] == [0, 1, 1]
