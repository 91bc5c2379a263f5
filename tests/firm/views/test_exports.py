"""The pages that take lists out."""

import io

import openpyxl
import pytest

from lawcrm.firm.actions import exports as actions
from lawcrm.firm.models import AuditEntry, Export
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(client):
    person = make_person("partner")
    client.force_login(person)
    return person


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def body_of(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_page_says_how_many_and_under_which_filter(client, partner, lawyer):
    make_client(lawyer, grade="A")
    make_client(lawyer, grade="B")
    page = client.get("/exports/new/clients/?grade=A&after=x").content.decode()
    assert "1 row" in page and "Grade: A" in page
    assert "all you may see" in client.get("/exports/new/clients/").content.decode()


def test_a_small_list_is_the_answer_itself(client, partner, lawyer):
    make_client(lawyer, name="Alpha", grade="A")
    make_client(lawyer, name="Beta", grade="B")
    response = client.post("/exports/new/clients/?grade=A", {"format": "xlsx", "columns": ["name", "grade"]})
    assert response.headers["Content-Disposition"].startswith('attachment; filename="clients-20')
    sheet = openpyxl.load_workbook(io.BytesIO(body_of(response))).active
    assert list(sheet.iter_rows(values_only=True)) == [("Name", "Grade"), ("Alpha", "Key client")]
    assert response.headers["Content-Length"] == str(Export.objects.get().size)


def test_a_large_list_leads_to_its_page_and_can_be_fetched_there(client, partner, lawyer, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    make_client(lawyer, name="Alpha")
    response = client.post("/exports/new/clients/", {"format": "csv", "columns": ["name"]})
    export = Export.objects.get()
    assert response.url == f"/exports/{export.pk}/"
    assert "Writing a file" in client.get(response.url).content.decode()
    while actions.export_chunk(export.job):
        pass
    assert "Download" in client.get(response.url).content.decode()
    fetched = client.post(f"/exports/{export.pk}/file/")
    assert body_of(fetched) == b'\xef\xbb\xbf"Name"\r\n"Alpha"\r\n'
    client.post(f"/exports/{export.pk}/drop/")
    assert client.post(f"/exports/{export.pk}/file/").url == f"/exports/{export.pk}/"
    verbs = AuditEntry.objects.filter(object_id=export.pk).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["export.started", "export.written", "export.fetched", "export.dropped"]


def test_without_a_column_nothing_is_written(client, partner):
    page = client.post("/exports/new/clients/", {"format": "xlsx"}).content.decode()
    assert "Choose at least one column." in page and not Export.objects.exists()


@pytest.mark.parametrize("name", ["manager", "specialist", "lawyer", "auditor"])
def test_those_who_may_not_export_find_no_such_page(client, name):
    client.force_login(make_person(name))
    assert client.get("/exports/new/clients/").status_code == 404
    assert client.get("/exports/").status_code == 404


def test_the_button_stands_on_lists_for_those_who_may(client, partner):
    for path, listing in [
        ("/clients/?grade=A", "clients"), ("/matters/?state=open", "matters"),
        ("/matters/receivables/?state=all", "receivables"),
        ("/interactions/?mine=on", "contacts"), ("/follow-ups/?state=late", "follow-ups"), ("/clients/needs/?age=3", "needs"),
    ]:  # fmt: skip
        page = client.get(path).content.decode()
        assert f'href="/exports/new/{listing}/?{path.partition("?")[2]}"' in page, path
    client.force_login(make_person("lawyer"))
    assert "/exports/new/" not in client.get("/clients/").content.decode()


@pytest.mark.parametrize("path, listing", [
    ("/clients/", "clients"), ("/clients/needs/", "needs"), ("/clients/duplicates/", "duplicates"),
    ("/clients/duplicates/people/", "person-duplicates"), ("/matters/", "matters"), ("/matters/conflicts/", "conflicts"),
    ("/matters/receivables/", "receivables"), ("/interactions/", "contacts"), ("/follow-ups/", "follow-ups"),
    ("/care/", "care"), ("/care/events/", "events"), ("/surveys/", "surveys"), ("/audit/", "audit"),
])  # fmt: skip
def test_every_list_has_its_button_and_the_page_behind_it(client, path, listing):
    client.force_login(make_person("admin"))
    assert f'href="/exports/new/{listing}/' in client.get(path).content.decode(), path
    assert client.get(f"/exports/new/{listing}/").status_code == 200


def test_a_list_one_may_not_see_cannot_be_taken_out(client, partner):
    assert client.get("/exports/new/audit/").status_code == 404
    assert client.post("/exports/new/audit/", {"format": "csv", "columns": ["what"]}).status_code == 404
    assert client.get("/exports/new/grades/").status_code == 200


def test_another_listing_does_not_exist(client, partner):
    assert client.get("/exports/new/secrets/").status_code == 404


def test_a_preset_ticks_its_columns(client, partner):
    page = client.get("/exports/new/clients/?preset=all").content.decode()
    assert page.count('name="columns"') == page.count(" checked><span>")
    page = client.get("/exports/new/clients/?preset=1&cols=grade,since").content.decode()
    assert page.count(" checked><span>") == 3


def test_the_people_of_the_listed_clients_as_cards(client, partner, lawyer):
    listed = make_client(lawyer, name="Alpha", grade="A")
    make_client_person(listed, "Anna Bell", position="Counsel", phone="13800138000")
    make_client_person(make_client(lawyer, grade="B"), "Ben Hidden")
    answer = client.post("/exports/new/people/?grade=A", {"format": "vcf"})
    cards = body_of(answer).decode()
    assert answer.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert cards.count("BEGIN:VCARD") == 1 and "FN:Anna Bell" in cards and "ORG:Alpha" in cards


def test_the_rail_lights_the_room_the_list_belongs_to(client, partner, lawyer):
    make_client(lawyer, name="Alpha")
    client.post("/exports/new/clients/", {"format": "csv", "columns": ["name"]})
    export = Export.objects.get()
    for address in ("/exports/new/clients/", "/exports/new/people/", f"/exports/{export.pk}/"):
        assert 'href="/clients/" aria-current="page"' in client.get(address).content.decode()
    assert 'href="/settings/" aria-current="page"' in client.get("/exports/").content.decode()
