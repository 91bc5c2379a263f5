"""Conditions tied by "and" and "or", against the same said in Python."""

import pytest
from django.http import QueryDict

from clients.access import visible_clients
from clients.forms.client_list import ClientListForm
from clients.models import Client
from clients.queries.columns import COLUMNS
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


# What stands on a client and is not its profile: kept by actions for lists and doors, and the one key of the row.
_NOT_PROFILE = {
    "id", "updated_at", "sort_key", "responsible_rank", "search", "trashed_at", "trashed_by", "version", "merged_into",
    "identity_number", "registration_number",  # sealed: asked for by their index, whether there is one
}  # fmt: skip
_BY_OTHERS = {"referrer_client", "referrer_person", "referrer_user"}  # through "referred by"


def test_lists_are_narrowed_by_every_field_of_the_profile():
    fields = {field.name: field.attname for field in Client._meta.local_concrete_fields}
    asked = {column.lookup for column in COLUMNS.values() if column.filterable}
    left = {name for name, column in fields.items() if not {name, column} & asked}
    held = {"identity_index", "registration_index", "family_notes", "background"}  # "on record" or not
    assert left - _NOT_PROFILE - _BY_OTHERS - held == set()


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("former_names=has:old harbour", {"A"}),
        ("former_names=filled", {"A"}),
        ("identity=yes", {"B"}),
        ("background=yes", {"A"}),
        ("background=no", {"B", "C"}),
        ("referred_by=has:wei", {"B"}),
        ("referred_by=has:A", {"A", "C"}),
        ("referred_by=empty", set()),
        ("time_zone=is:Europe/London", {"C"}),
        ("basis=consent", {"C"}),
    ],
)
def test_fields_that_are_asked_for_otherwise(written, found):
    partner, lawyer = make_person("partner"), make_person("lawyer")
    first = make_client(
        lawyer, name="A", former_names=["The Old Harbour"], background="x", referred_by="Anna"
    )
    make_client(lawyer, name="B", kind="person", identity_number="11010519491231002X", referrer_user=lawyer)
    make_client(lawyer, name="C", referrer_client=first, time_zone="Europe/London", consent_basis="consent")
    query = QueryDict(mutable=True)
    name, _, said = written.partition("=")
    query[name] = said
    rows = ClientListForm(query).narrow(visible_clients(partner), partner, clock.today(), ranked=False)
    assert set(rows.values_list("name", flat=True)) == found


def test_who_referred_a_client_is_no_way_to_guess_at_the_unseen():
    partner, lawyer = make_person("partner"), make_person("lawyer")
    hidden = make_client(partner, name="Hidden Harbour")
    make_client(lawyer, name="C", referrer_client=hidden)
    query = QueryDict("referred_by=has:harbour")
    rows = ClientListForm(query).narrow(visible_clients(lawyer), lawyer, clock.today(), ranked=False)
    assert not rows.exists()


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("field=all:civil,criminal", ["Both"]),
        ("field=all:civil", ["Both", "One"]),
        ("name=has:100%25", []),
        ("name=has:b%5Ft", []),  # "_" is no sign that stands for others
        ("industry=has:100%25", ["One"]),
        ("industry=is:STEEL 100%25", ["One"]),
        ("industry=starts:steel_", []),
        ("former_names=empty", ["Both", "One"]),
        ("former_names=lacks:x", ["Both", "One"]),
    ],
)
def test_what_is_asked_is_what_is_found(address, expected):
    lawyer = make_person("lawyer")
    make_client(lawyer, name="Both", business_fields=["civil", "criminal"])
    make_client(lawyer, name="One", business_fields=["civil"], industry="Steel 100%")
    form = ClientListForm(QueryDict(address))
    rows = form.narrow(Client.objects.all(), make_person("partner"), clock.today())
    assert list(rows.order_by("name").values_list("name", flat=True)) == expected


def test_the_order_by_lawyer_follows_the_lawyer_whoever_writes():
    zhao, an = make_person("lawyer", family_name="Zhao"), make_person("lawyer2", family_name="An")
    first, second = make_client(zhao, name="First"), make_client(an, name="Second")

    def by_lawyer() -> list[str]:
        form = ClientListForm(QueryDict("sort=responsible"))
        return list(Client.objects.order_by(*form.order).values_list("name", flat=True))

    assert by_lawyer() == ["Second", "First"]
    zhao.family_name = "Ai"
    zhao.save()
    assert by_lawyer() == ["First", "Second"]
    Client.objects.filter(pk=first.pk).update(responsible=an)
    Client.objects.filter(pk=second.pk).update(responsible=zhao)
    assert by_lawyer() == ["Second", "First"]
    Client.objects.bulk_update([Client(pk=first.pk, responsible_rank="")], ["responsible_rank"])
    first.refresh_from_db()
    assert first.responsible_rank.startswith("An ")
