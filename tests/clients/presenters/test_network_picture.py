"""The picture of a network: nothing runs through somebody, and all of it is inside its frame."""

import pytest

from clients.presenters.network import End, LinkRow
from clients.presenters.network_picture import _from_line, picture

CLIENT = End("c", "Harbour Foods", "client")


def drawn(people: int, others: int):
    inner = [End(f"p{number}", f"Person {number}", "person") for number in range(people)]
    outer = [End(f"o{number}", f"Other {number}", "client") for number in range(others)]
    rows = [
        LinkRow(
            [CLIENT, *inner][number % (people + 1)], "Partner", end, "They are partners", "", "", False, ()
        )
        for number, end in enumerate(outer)
    ]
    return picture(CLIENT, [(end, "User") for end in inner], rows)


@pytest.mark.parametrize(("people", "others"), [(1, 1), (2, 1), (3, 2), (4, 2), (6, 3)])
def test_no_line_runs_through_somebody(people, others):
    found = drawn(people, others)
    for edge in found.edges:
        start, end = (edge.x1, edge.y1), (edge.x2, edge.y2)
        strangers = [(one.x, one.y) for one in found.nodes if (one.x, one.y) not in (start, end)]
        assert all(_from_line(spot, start, end) > 12 for spot in strangers)


@pytest.mark.parametrize(("people", "others"), [(0, 0), (0, 1), (1, 0), (5, 9), (14, 16)])
def test_all_of_it_is_inside_and_the_client_in_the_middle(people, others):
    found = drawn(people, others)
    assert all(found.left < one.x < found.left + found.width for one in found.nodes)
    assert all(found.top < one.y < found.top + found.height for one in found.nodes)
    assert found.nodes[0].x == found.left + found.width / 2


def test_who_does_not_fit_is_counted():
    assert drawn(20, 15).left_out == 5
