"""Who of us knows whom, and when a client hangs on one person."""

from datetime import date, timedelta

import pytest

from clients.rules.acquaintance import Closeness, Meeting, acquaintances, hangs_on, weigh

TODAY = date(2026, 11, 21)


def met(of_us="chen", people=("bell",), ago=0, channel="phone", answered=True):
    return Meeting(of_us, tuple(people), TODAY - timedelta(days=ago), channel, answered)


def test_nearer_and_newer_weighs_more():
    assert (
        weigh(met(channel="face_to_face"), TODAY) > weigh(met(), TODAY) > weigh(met(channel="email"), TODAY)
    )
    assert weigh(met(ago=182), TODAY) == pytest.approx(weigh(met(), TODAY) / 2)
    assert weigh(met(answered=False), TODAY) < weigh(met(channel="email"), TODAY)


def test_each_of_us_with_each_of_theirs_the_strongest_first():
    found = acquaintances(
        [met(), met(people=("bell", "cole")), met("li", ago=400), met("li", people=())], TODAY
    )
    assert [(one.of_us, one.person, one.contacts) for one in found] == [
        ("chen", "bell", 2),
        ("chen", "cole", 1),
        ("li", None, 1),
        ("li", "bell", 1),
    ]
    assert found[0].last_on == TODAY


@pytest.mark.parametrize(
    ("times", "closeness"), [(1, Closeness.SLIGHT), (2, Closeness.REGULAR), (6, Closeness.CLOSE)]
)
def test_closeness(times, closeness):
    (one,) = acquaintances([met()] * times, TODAY)
    assert one.closeness == closeness


def warnings(meetings, people_there=3):
    found = hangs_on(meetings, people_there=people_there, today=TODAY, share=0.8, fewest=4)
    return [(one.side, one.who) for one in found]


def test_two_on_either_side_carry_it():
    meetings = [met(), met("li", ("cole",))] * 3
    assert warnings(meetings) == []


def test_it_hangs_on_one_of_us_and_on_one_of_theirs():
    meetings = [met()] * 5 + [met("li", ("cole",), channel="email")]
    assert warnings(meetings) == [("ours", "chen"), ("theirs", "bell")]


def test_a_new_client_hangs_on_whoever_took_it():
    assert warnings([met()] * 3) == []


def test_a_single_person_or_nobody_on_record_there():
    assert warnings([met(people=())] * 3, people_there=0) == [("theirs", None)]
    assert warnings([met()], people_there=1) == [("theirs", "bell")]
    assert warnings([], people_there=1) == [("theirs", None)]


def test_old_contacts_of_somebody_else_do_not_make_it_safe():
    meetings = [met("li", ("cole",), ago=900)] * 4 + [met()] * 4
    assert warnings(meetings) == [("ours", "chen"), ("theirs", "bell")]
