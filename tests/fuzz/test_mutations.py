"""The same number gives the same file, on every machine and day."""

from collections import Counter

from tests.fuzz.mutations import KINDS, spoilt


def test_repeatable():
    for number in range(40):
        assert spoilt(7, number) == spoilt(7, number)
    assert spoilt(7, 1) != spoilt(8, 1)


def test_every_kind_comes_up():
    kinds = Counter(spoilt(1, number).kind for number in range(200))
    assert set(kinds) == set(KINDS)
