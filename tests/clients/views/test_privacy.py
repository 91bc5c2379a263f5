"""The privacy pages: what is held, the pack, holds, erasure; for those who answer such requests."""

import json

import pytest

from clients.models import Client, ErasureRequest, LegalHold
from lawcrm.firm.models import AuditEntry, User
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer, name="Quixotic Zephyr Holdings", background="Grew up in Dalian.")


@pytest.fixture
def base(client, firm_client):
    client.force_login(make_person("partner"))
    return f"/clients/{firm_client.pk}/privacy"


def test_what_is_held_and_the_pack(client, base, firm_client):
    page = client.get(f"{base}/")
    assert ("Profile", 1) in page.context["tables"]
    assert "Grew up in Dalian" not in page.content.decode()
    read = client.post(f"{base}/pack/")
    assert "Grew up in Dalian" in read.content.decode()
    file = client.post(f"{base}/pack/", {"format": "json"})
    assert json.loads(file.content)["subject"]["name"] == "Quixotic Zephyr Holdings"
    assert "attachment" in file["Content-Disposition"]
    assert AuditEntry.objects.filter(verb="subject.pack_made").count() == 2
    assert client.get(f"{base}/pack/").status_code == 405


def test_the_pack_is_read_in_words(client, base, firm_client):
    """Columns, days, deeds and judgements as a reader would say them, in Chinese, too."""
    make_contact(firm_client)
    text = client.post(f"{base}/pack/").content.decode()
    assert "added the client Quixotic Zephyr Holdings." in text
    assert "Reachable: " in text and "Put on record" in text
    for machine in ("client.created", "responsible_rank", "T00:00:00", "early_check_in", "window_days"):
        assert machine not in text, machine
    User.objects.filter(username="partner").update(language="zh-hans")
    chinese = client.post(f"{base}/pack/").content.decode()
    assert "登记时间" in chinese and "Created at" not in chinese


def test_held_then_lifted_then_erased(client, base, firm_client):
    client.post(f"{base}/hold/", {"reason": "Proceedings expected."})
    hold = LegalHold.objects.get()
    client.post(f"{base}/erasure/", {"basis": "Their letter."})
    asked = ErasureRequest.objects.get()
    assert asked.state == "held"
    page = client.get(f"{base}/erasure/{asked.pk}/")
    assert "A legal hold stands" in page.content.decode()
    client.post(f"{base}/erasure/{asked.pk}/", {"name": firm_client.name})
    assert Client.objects.filter(pk=firm_client.pk).exists()
    client.post(f"{base}/hold/{hold.pk}/lift/")
    wrong = client.post(f"{base}/erasure/{asked.pk}/", {"name": "Else"})
    assert "This is not the name." in wrong.content.decode()
    done = client.post(f"{base}/erasure/{asked.pk}/", {"name": firm_client.name}, follow=True)
    assert not Client.objects.filter(pk=firm_client.pk).exists()
    assert "Quixotic" not in done.content.decode()
    assert done.context["rows"][0].state == "done"


def test_a_form_that_is_not_right_comes_back_as_typed(client, base):
    asked = {"reason": "Proceedings.", "review_on": "2020-01-01"}
    answer = client.post(f"{base}/hold/", asked)
    assert answer.status_code == 422 and not LegalHold.objects.exists()
    assert "Proceedings." in answer.content.decode() and "Choose a day to come." in answer.content.decode()
    assert client.post(f"{base}/erasure/", {"basis": ""}).status_code == 422
    assert not ErasureRequest.objects.exists()


def test_a_person_at_a_client(client, base, firm_client):
    person = make_client_person(firm_client, name="Wilhelmina Oxbridge")
    place = person.places.get()
    page = client.get(f"{base}/")
    address = f"/clients/{firm_client.pk}/people/{place.pk}/privacy/"
    assert address in page.content.decode()
    assert ("Person", 1) in client.get(address).context["tables"]
    client.post(f"{address}erasure/", {"basis": "By mail."})
    asked = ErasureRequest.objects.get()
    client.post(f"{address}erasure/{asked.pk}/", {"name": person.name})
    assert not firm_client.places.exists()
    assert client.get(address).status_code == 404
    assert client.get(f"{base}/erasure/{asked.pk}/").status_code == 404  # not this client's request


@pytest.mark.parametrize("username", ["manager", "specialist", "auditor"])
def test_nobody_else_sees_it(client, firm_client, username):
    client.force_login(make_person(username))
    assert client.get(f"/clients/{firm_client.pk}/privacy/").status_code == 404
    assert client.get("/clients/privacy/").status_code == 404


def test_pages_ask_as_much_with_many_rows(client, base, firm_client):
    def grow(number):
        for _ in range(number):
            make_client_person(firm_client)

    assert_flat(client, f"{base}/", grow)

    def ask(number):
        for _ in range(number):
            ErasureRequest.objects.create(subject_kind="client", subject_id=firm_client.pk, label="X")

    assert_flat(client, "/clients/privacy/", ask)
