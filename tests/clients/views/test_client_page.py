"""The client page: what stands on it, for whom, at what price; and its sealed values."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.actions.clients import set_team, update_client
from clients.panels import Panel, register
from lawcrm.firm.models import AuditEntry
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(
        lawyer,
        name="Harbour Foods",
        industry="Food",
        grade="A",
        phone="13800138000",
        email="desk@harbour.example",
        registration_number="91310000MA1FL0000X",
        background="The founder's brother sits in the board.",
    )


def page_of(client, user, path=""):
    client.force_login(user)
    return client.get(path)


def test_the_page_says_who_they_are_and_how_to_reach_them(client, lawyer, harbour):
    text = page_of(client, lawyer, f"/clients/{harbour.pk}/").content.decode()
    assert "Private enterprise · Food" in text
    assert 'href="tel:13800138000"' in text
    assert 'href="mailto:desk@harbour.example"' in text
    assert "Key client" in text


def test_somebody_elses_client_and_no_client_look_the_same(client, harbour):
    page_of(client, make_person("lawyer2"))
    theirs = client.get(f"/clients/{harbour.pk}/")
    none = client.get("/clients/01920000-0000-7000-8000-000000000000/")
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert theirs.content == none.content


def test_sealed_values_are_masked_until_looked_at_and_the_look_is_recorded(client, lawyer, harbour):
    text = page_of(client, lawyer, f"/clients/{harbour.pk}/").content.decode()
    assert "91310000MA1FL0000X" not in text
    assert "brother" not in text
    shown = client.post(f"/clients/{harbour.pk}/reveal/background/", headers={"HX-Request": "true"})
    assert "brother" in shown.content.decode()
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.actor_id, entry.client_id) == (
        "client.background_revealed",
        lawyer.pk,
        harbour.pk,
    )
    assert client.post(f"/clients/{harbour.pk}/reveal/name/").status_code == 404
    assert client.get(f"/clients/{harbour.pk}/reveal/background/").status_code == 405


def test_who_may_not_reveal_is_not_offered_it(client, harbour):
    specialist = make_person("specialist")
    text = page_of(client, specialist, f"/clients/{harbour.pk}/").content.decode()
    assert "/reveal/" not in text
    assert client.post(f"/clients/{harbour.pk}/reveal/background/").status_code == 404


def test_history_tells_what_changed_in_words(client, lawyer, harbour):
    changes = {"grade": "B", "background": "Else."}
    update_client(harbour, by=lawyer, version=1, changes=changes)
    text = page_of(client, lawyer, f"/clients/{harbour.pk}/panel/history/").content.decode()
    assert "Wei Chen changed the profile of Harbour Foods." in text
    assert "Grade: <del>Key client</del> Important client" in text
    assert "brother" not in text


def test_a_panel_of_a_higher_room_stands_on_the_page_and_may_keep_away(client, lawyer, harbour, monkeypatch):
    monkeypatch.setattr("clients.panels._PANELS", {})
    register(
        Panel(
            "people", "side", 1, "clients/people_panel.html", lambda page: {"people": [], "may_edit": False}
        )
    )
    register(Panel("secret", "side", 2, "clients/people_panel.html", lambda page: None))
    text = page_of(client, lawyer, f"/clients/{harbour.pk}/").content.decode()
    assert "Nobody named yet" in text
    assert 'id="panel-people"' in text
    assert "panel-secret" not in text
    assert client.get(f"/clients/{harbour.pk}/panel/secret/").status_code == 404
    assert client.get(f"/clients/{harbour.pk}/panel/none/").status_code == 404


def test_the_price_of_the_page_does_not_grow_with_its_people(client, lawyer, harbour):
    def counted():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/clients/{harbour.pk}/").status_code == 200
        return len(queries)

    client.force_login(lawyer)
    for number in range(3):
        make_client_person(harbour, f"Person {number}")
    few = counted()
    for number in range(27):
        make_client_person(harbour, f"Other {number}")
    assert counted() == few <= 15


def people_panel(client, user, harbour) -> str:
    return page_of(client, user, f"/clients/{harbour.pk}/panel/people/").content.decode()


def test_a_key_client_hangs_on_whoever_has_the_contacts(client, lawyer):
    """Who logs the contacts counts, not who stands in the team."""
    harbour = make_client(lawyer, name="Harbour Foods", grade="A")
    colleague = make_person("lawyer2", given_name="Lena", family_name="Kestrel")
    set_team(harbour, by=lawyer, people=[colleague])
    anna, bernd = make_client_person(harbour, "Anna Bell"), make_client_person(harbour, "Bernd Holt")
    for number in range(6):
        make_contact(harbour, people=[(anna, bernd)[number % 2]])
    assert "On our side this key client hangs on Wei Chen: 100 %" in people_panel(client, lawyer, harbour)
    for number in range(3):
        make_contact(harbour, by=colleague, people=[(anna, bernd)[number % 2]])
    text = people_panel(client, lawyer, harbour)
    assert "this key client" not in text
    for _time in range(24):
        make_contact(harbour, by=colleague, people=[anna])
    text = people_panel(client, lawyer, harbour)
    assert "On our side this key client hangs on Lena Kestrel" in text
    assert "On their side this key client hangs on Anna Bell" in text


def test_a_key_client_that_hangs_on_one_person_says_so(client, lawyer, harbour):
    text = page_of(client, lawyer, f"/clients/{harbour.pk}/").content.decode()
    assert "Nobody is named at this key client." in text
    assert "Of us only Wei Chen works for this key client." in text
    make_client_person(harbour, "Anna Bell")
    set_team(harbour, by=lawyer, people=[make_person("lawyer2")])
    text = client.get(f"/clients/{harbour.pk}/").content.decode()
    assert "On their side we know only Anna Bell." in text
    assert "Of us only" not in text
    make_client_person(harbour, "Ben Bell")
    ordinary = make_client(lawyer, grade="B")
    for address in (f"/clients/{harbour.pk}/", f"/clients/{ordinary.pk}/"):
        text = client.get(address).content.decode()
        assert "key client" not in text.partition('id="panel-people"')[2].partition("</section>")[0]
