"""Conditions tied by "and" and "or", against the same said in Python."""

import pytest
from django.http import QueryDict

from clients.forms.client_list import ClientListForm
from clients.models import Client
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    lawyer = make_person("lawyer")
    for name, grade, kind, source in (
        ("A1", "A", "person", "direct"),
        ("A2", "A", "private", ""),
        ("B1", "B", "person", "alliance"),
        ("N1", "", "department", "direct"),
    ):
        make_client(lawyer, name=name, grade=grade, kind=kind, source=source)

    def find(address: str, user=None) -> list[str]:
        form = ClientListForm(QueryDict(address))
        rows = form.narrow(Client.objects.all(), user or make_person("partner"), clock.today())
        return list(rows.order_by("name").values_list("name", flat=True))

    return find


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("grade=A,none", ["A1", "A2", "N1"]),
        ("grade=not:A", ["B1", "N1"]),
        ("kind=not:person", ["A2", "N1"]),
        ("kind=individual,public", ["A1", "B1", "N1"]),
        ("source=none", ["A2"]),
        ("source=not:none", ["A1", "B1", "N1"]),
        ("grade=A&kind=person", ["A1"]),
        ("grade=A&kind=person&match=any", ["A1", "A2", "B1"]),
        ("g1.grade=A&g1.kind=person", ["A1", "A2", "B1"]),
        ("g1.grade=A&g1.kind=person&source=direct", ["A1"]),
        ("g1.grade=A&g1.kind=person&g2.grade=none&g2.source=direct&match=any", ["A1", "N1"]),
        ("name=is:a1", ["A1"]),
        ("name=lacks:1", ["A2"]),
        ("name=starts:a&name=has:2", ["A2"]),
        ("since=empty", ["A1", "A2", "B1", "N1"]),
        ("since=filled", []),
        ("created=within:1", ["A1", "A2", "B1", "N1"]),
        ("created=over:1", []),
        ("team=none", ["A1", "A2", "B1", "N1"]),
        ("tags=none", ["A1", "A2", "B1", "N1"]),
    ],
)
def test_conditions(found, address, expected):
    assert found(address) == expected


def test_mine_holds_for_all_that_a_lawyer_sees_also_as_an_alternative(found):
    own = make_person("lawyer2")
    assert len(found("mine=yes", own)) == 4  # the door narrows to their own
    assert len(found("g1.mine=yes&g1.grade=A", own)) == 4
