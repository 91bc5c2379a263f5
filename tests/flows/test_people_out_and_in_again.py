"""People and contacts that go out as files come in again without a change, whatever their names and numbers."""

import io
from datetime import date, timedelta

import pytest
from django.utils import translation

from clients.actions.importing.reading import stage_import
from clients.actions.people import add_known_person
from clients.models import ClientPerson, PersonFact
from lawcrm.firm import clock
from lawcrm.firm.actions.exports import fetch_export, start_export
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.partial_dates import PartialDate
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
PEOPLE = [
    {"name": "李波", "phone": "021-87654321", "note": "first\nsecond\n\nfourth", "wechat": "007"},
    {"name": "李波", "phone": "021-87654321", "note": "=1+1", "roles": ["user", "payer"], "since": date(2019, 2, 28)},
    {"name": "张伟", "birth_date": PartialDate(1980, 8, 15, lunar=True), "preferences": "tea; \"green\""},
    {"name": "张伟", "birth_date": PartialDate(None, 4, 3, lunar=True, leap=True), "position": "-CFO"},
    {"name": "O'Brien 😀", "email": "o'brien@x.example", "latin_name": "Ó Briain", "sex": "female"},
]  # fmt: skip


@pytest.fixture
def firm():
    """Two clients of one name, people of one name and one phone at each, one person at both."""
    lawyer = make_person("lawyer")
    for number in (1, 2):
        client = make_client(lawyer, name="华东贸易有限公司")
        for fields in PEOPLE:
            fields = dict(fields)
            place = {name: fields.pop(name) for name in ("roles", "since", "position") if name in fields}
            person = make_client_person(client, **fields)
            ClientPerson.objects.filter(person=person).update(**place)
        PersonFact.objects.create(
            person=person, kind="phone", value=f"1380013800{number}", label="home; or away"
        )
        PersonFact.objects.create(person=person, kind="email", value="old@x.example", until=date(2020, 1, 1))
        make_contact(
            client, lawyer, note="said\nso", people=[person], at=clock.now() - timedelta(days=number)
        )
        make_contact(client, lawyer, note="hush", confidentiality="confidential")
    add_known_person(by=lawyer, client=make_client(lawyer, name="Other Ltd"), person=person, roles=["user"])
    return make_person("admin")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("listing", ["people", "contacts"])
def test_every_row_is_the_same(firm, listing, format, language):
    found = listing_of(listing)
    with translation.override(language):
        columns = [column.code for column in found.columns(firm)]
        export = start_export(by=firm, listing=found, query="", columns=columns, format=format)
        data = b"".join(fetch_export(export, by=firm))
        run = stage_import(by=firm, file=io.BytesIO(data), file_name=f"list.{format}")
    assert run.kind == listing
    others = run.rows.exclude(verdict="same")
    assert [(row.number, row.verdict, row.problems, row.changes) for row in others] == []
    assert run.counts["same"] == run.counts["rows"] == export.rows > 1


@pytest.mark.parametrize("format, version", [("vcf", "4.0"), ("vcf3", "3.0")])
def test_cards_are_read_back_as_the_people_they_are(firm, format, version):
    """Each line at most 75 octets, no character cut; nobody's lawyer or kind is changed by a card that says neither."""
    lawyer = make_person("lawyer2")
    client = make_client(lawyer, name="远洋公司", kind="state_owned")
    long = "财务总监、董事会秘书兼法律事务部负责人" * 3
    make_client_person(
        client, "欧阳娜娜", phone="13900139000", wechat="ou yang;1", birth_date=PartialDate(1980, 5, 1)
    )
    ClientPerson.objects.filter(person__name="欧阳娜娜").update(position=long)
    make_client_person(
        client, "Anna O'Brien; Jr", phone="0571-87654321-806", birth_date=PartialDate(None, 5, 3)
    )
    found = listing_of("people")
    query = f"responsible={lawyer.pk}"
    export = start_export(by=firm, listing=found, query=query, columns=[], format=format)
    data = b"".join(fetch_export(export, by=firm))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data.decode().count(f"VERSION:{version}\r\n") == 2
    assert "N:欧阳;娜娜;;;" in data.decode() and "N:Jr;Anna O'Brien\\;;;;" in data.decode()
    run = stage_import(by=firm, file=io.BytesIO(data), file_name="people.vcf")
    rows = [row for part in (run, *run.parts.all()) for row in part.rows.order_by("number")]
    assert [(row.verdict, row.changes, row.problems) for row in rows] == [("same", {}, [])] * 3
