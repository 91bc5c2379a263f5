"""How well the matching rule does: 5,000 labelled pairs, seeded. `pytest -s` prints the figures."""

from collections import Counter

import pytest

from clients.rules.matching import NEW, SAME, UNSURE, block_keys, compare
from tests.clients.rules.pairs import labelled_pairs


@pytest.fixture(scope="module")
def judged():
    return [(pair, compare(pair.one, pair.other).kind) for pair in labelled_pairs()]


def test_precision_and_recall(judged, capsys):
    said = Counter((pair.same, kind) for pair, kind in judged)
    same, others = (sum(said[truth, kind] for kind in (NEW, SAME, UNSURE)) for truth in (True, False))
    precision = said[True, SAME] / (said[True, SAME] + said[False, SAME])
    recall = (said[True, SAME] + said[True, UNSURE]) / same
    asked = said[False, UNSURE] / others
    with capsys.disabled():
        print(f"\n{len(judged)} labelled pairs, {same} of them the same client")
        for truth, word in ((True, "the same client"), (False, "two clients")):
            print(f"  {word}: " + ", ".join(f"{kind} {said[truth, kind]}" for kind in (SAME, UNSURE, NEW)))
        print(f"  precision at 'same' {precision:.4f}; recall of same and unsure {recall:.4f}; ", end="")
        print(f"'unsure' where they are two {asked:.3f}")
    assert precision >= 0.98
    assert recall >= 0.95
    assert asked <= 0.35  # nobody reads a list of everybody


def test_what_is_the_same_or_may_be_is_looked_up(judged):
    """The finder compares whoever shares a key: what the rule would find, the keys must bring together."""
    missed = [
        (pair.why, pair.one.name, pair.other.name)
        for pair, kind in judged
        if kind != NEW and not block_keys(pair.one) & block_keys(pair.other)
    ]
    found = sum(kind != NEW for _pair, kind in judged)
    assert len(missed) <= found * 0.005, missed[:10]


def test_the_pairs_are_the_same_every_time():
    assert labelled_pairs(50) == labelled_pairs(50)
