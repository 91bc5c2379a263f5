"""Keyset paging: walking forth and back sees every row once, in order, NULLs last."""

from datetime import date

import pytest
from django.http import QueryDict

from clients.models import Client
from lawcrm.firm.paging import keyset_page
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def clients():
    lawyer = make_person("lawyer")
    days = [
        date(2024, 1, 1),
        date(2024, 1, 1),
        None,
        date(2023, 5, 1),
        None,
        date(2025, 2, 2),
        date(2024, 1, 1),
    ]
    for number, day in enumerate(days):
        Client(
            name=f"c{number}", kind="person", responsible=lawyer, sort_key=f"{number % 3}", client_since=day
        ).save()
    return Client.objects.all()


def walk(rows, order, size):
    """Every page forwards, then every page back from the last."""
    params, forwards = QueryDict(), []
    while True:
        page = keyset_page(rows, order, params, size)
        forwards.append([row.pk for row in page.rows])
        if not page.next_query:
            break
        params = QueryDict(page.next_query[1:])
    backwards = [forwards[-1]]
    while page.previous_query:
        page = keyset_page(rows, order, QueryDict(page.previous_query[1:]), size)
        backwards.insert(0, [row.pk for row in page.rows])
    return forwards, backwards


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
@pytest.mark.parametrize(
    "order", [("sort_key", "id"), ("-sort_key", "-id"), ("client_since", "id"), ("-client_since", "-id")]
)
def test_walking_forth_and_back_sees_every_row_once(clients, order, size):
    forwards, backwards = walk(clients, order, size)
    seen = [pk for page in forwards for pk in page]
    assert len(seen) == len(set(seen)) == 7
    assert [pk for page in backwards for pk in page] == seen


def test_nulls_stand_last_in_either_direction(clients):
    for order in [("client_since", "id"), ("-client_since", "-id")]:
        days = [row.client_since for row in keyset_page(clients, order, QueryDict(), 50).rows]
        assert days[-2:] == [None, None]
        assert None not in days[:-2]


def test_filters_are_kept_in_the_neighbours_address(clients):
    page = keyset_page(clients, ("sort_key", "id"), QueryDict("grade=A&after=x"), 2)
    assert page.next_query.startswith("?grade=A&after=")


@pytest.mark.parametrize("cursor", ["x", "W10", "bm90IGpzb24", "", "ImEi", "A" * 80])
def test_a_cursor_that_cannot_be_read_shows_the_first_page(clients, cursor):
    page = keyset_page(clients, ("sort_key", "id"), QueryDict(f"after={cursor}"), 2)
    assert page.rows[0].sort_key == "0"
    assert not page.previous_query


def test_a_cursor_tells_nothing_and_fits_no_other_order(clients):
    query = keyset_page(clients, ("sort_key", "id"), QueryDict(), 2).next_query
    elsewhere = keyset_page(clients, ("client_since", "id"), QueryDict(query[1:]), 2)
    assert not elsewhere.previous_query


def test_annotations_may_be_walked(clients):
    from django.db.models.functions import Upper

    forwards, backwards = walk(clients.annotate(rank=Upper("sort_key")), ("rank", "id"), 2)
    assert backwards == forwards
    assert sum(len(page) for page in forwards) == 7
