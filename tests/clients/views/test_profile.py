"""The profile tab: what is known, what was true once, what keeps it true, and what may be told to others."""

from datetime import date, timedelta

import pytest

from clients.access import visible_clients
from clients.actions.clients import update_client
from clients.actions.facts import add_fact
from clients.models import Client, ClientFact, Disclosure, OtherCounsel
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.partial_dates import PartialDate
from tests.clients.build import make_client
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
        phone="021-58880000",
        address="1 Quay Road",
        background="The founder's brother.",
    )


@pytest.fixture
def browser(client, lawyer):
    client.force_login(lawyer)
    return client


def text_of(browser, client, tab="profile"):
    response = browser.get(f"/clients/{client.pk}/{tab}/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_profile_shows_what_is_known_and_seals_what_is_private(browser, harbour):
    text = text_of(browser, harbour)
    assert "1 Quay Road" in text
    assert "brother" not in text
    assert "Nobody has verified this profile yet." in text


def test_what_changed_goes_on_as_what_was_true_once_and_is_found(browser, lawyer, harbour):
    changes = {"phone": "021-99990000", "address": "9 New Street"}
    update_client(harbour, by=lawyer, version=1, changes=changes)
    kept = ClientFact.objects.filter(client=harbour)
    assert {(fact.kind, fact.value, fact.until) for fact in kept} == {
        ("phone", "021-58880000", clock.today()),
        ("address", "1 Quay Road", clock.today()),
    }
    assert "2 earlier values" in text_of(browser, harbour)
    for words in ("021-58880000", "8880000", "021-99990000", "Quay Road"):
        assert list(visible_clients(lawyer).matching(words)) == [harbour], words


def test_going_back_to_an_earlier_value_keeps_it_once(lawyer, harbour):
    update_client(harbour, by=lawyer, version=1, changes={"phone": "021-99990000"})
    update_client(harbour, by=lawyer, version=2, changes={"phone": "021-58880000"})
    phones = ClientFact.objects.filter(client=harbour, kind="phone").values_list("value", flat=True)
    assert sorted(phones) == ["021-58880000", "021-99990000"]  # it held, ended, and holds again


def test_a_further_phone_is_added_made_main_ended_and_taken_away(browser, lawyer, harbour):
    answer = browser.post(
        f"/clients/{harbour.pk}/facts/new/", {"kind": "phone", "value": "138 0013 8000", "label": "home"}
    )
    assert answer.status_code == 302
    fact = ClientFact.objects.get()
    assert (fact.value, fact.label) == ("13800138000", "home")
    browser.post(f"/clients/{harbour.pk}/facts/{fact.pk}/main/")
    harbour.refresh_from_db()
    assert harbour.phone == "13800138000"
    fact = ClientFact.objects.get(value="021-58880000", until=None)
    browser.post(f"/clients/{harbour.pk}/facts/{fact.pk}/end/")
    fact.refresh_from_db()
    assert fact.until == clock.today(lawyer)
    browser.post(f"/clients/{harbour.pk}/facts/{fact.pk}/remove/")
    assert not ClientFact.objects.exists()
    assert not visible_clients(lawyer).matching("021-58880000").exists()
    verbs = set(AuditEntry.objects.filter(client_id=harbour.pk).values_list("verb", flat=True))
    assert {"client.fact_added", "client.fact_made_main", "client.fact_ended", "client.fact_removed"} <= verbs


def test_a_wrong_number_is_refused_with_what_to_do(browser, harbour):
    answer = browser.post(f"/clients/{harbour.pk}/facts/new/", {"kind": "phone", "value": "12"})
    assert answer.status_code == 422
    assert not ClientFact.objects.exists()


def test_the_first_phone_is_the_main_one(lawyer):
    bare = make_client(lawyer)
    assert add_fact(bare, by=lawyer, kind="phone", value="13800138000") is None
    bare.refresh_from_db()
    assert bare.phone == "13800138000"


def test_one_click_verifies_and_one_takes_it_back(browser, lawyer, harbour):
    Client.objects.filter(pk=harbour.pk).update(verified_on=date(2024, 1, 1))
    answer = browser.post(f"/clients/{harbour.pk}/verify/")
    harbour.refresh_from_db()
    assert harbour.verified_on == clock.today(lawyer)
    page = browser.get(answer["Location"].split("#")[0]).content.decode()
    assert "Verified just now." in page
    browser.post(f"/clients/{harbour.pk}/verify/undo/")
    harbour.refresh_from_db()
    assert harbour.verified_on == date(2024, 1, 1)
    browser.post(f"/clients/{harbour.pk}/verify/undo/")  # once is enough
    harbour.refresh_from_db()
    assert harbour.verified_on == date(2024, 1, 1)


def test_completeness_names_what_is_missing(browser, lawyer, harbour):
    text = text_of(browser, harbour)
    assert "Who decides there" in text and "Somebody there" in text
    update_client(harbour, by=lawyer, version=1, changes={"purpose_of_processing": "Advice"})
    assert "Purpose of processing</a>" not in text_of(browser, harbour)


def test_a_lunar_birthday_with_its_next_five_days(browser, lawyer):
    person = make_client(
        lawyer, name="王芳", kind="person", birth_date=PartialDate(month=8, day=15, lunar=True)
    )
    text = text_of(browser, person)
    assert "lunar calendar: 8th month, day 15" in text
    assert text.split("Next birthdays")[1].split("</ol>")[0].count("<li>") == 5


def disclosure(**changes):
    return {"on": "2026-01-05", "recipient": "The bank", "what": "Licence", "purpose": "Account"} | changes


@pytest.mark.parametrize(
    ("consent", "refusal"),
    [
        ({}, "No consent is recorded"),
        ({"consent_on": date(2025, 1, 1)}, "does not cover disclosure"),
        ({"consent_on": date(2025, 1, 1), "consent_disclosure": True, "consent_withdrawn_on": date(2025, 6, 1)}, "withdrawn"),
        ({"consent_on": date(2025, 1, 1), "consent_disclosure": True, "consent_until": date(2025, 12, 31)}, "has ended"),
        ({"consent_on": date(2026, 1, 6), "consent_disclosure": True}, "from a later day"),
    ],
)  # fmt: skip
def test_nothing_is_told_to_others_without_consent(browser, lawyer, consent, refusal):
    one = make_client(lawyer, **consent)
    answer = browser.post(f"/clients/{one.pk}/disclosures/new/", disclosure())
    assert answer.status_code == 422
    assert refusal in answer.content.decode()
    assert not Disclosure.objects.exists()
    assert AuditEntry.objects.filter(client_id=one.pk, verb="client.disclosure_refused").count() == 1


def test_a_disclosure_under_consent_is_written_down_and_audited(browser, lawyer):
    one = make_client(lawyer, consent_on=date(2025, 1, 1), consent_disclosure=True, consent_note="banks")
    assert browser.post(f"/clients/{one.pk}/disclosures/new/", disclosure()).status_code == 302
    told = Disclosure.objects.get()
    assert (told.recipient, told.consent) == ("The bank", "2025-01-01: banks")
    assert AuditEntry.objects.filter(client_id=one.pk, verb="client.disclosed").count() == 1
    assert "The bank" in text_of(browser, one)


def test_a_disclosure_to_come_is_not_written_down(browser, lawyer):
    one = make_client(lawyer, consent_on=date(2025, 1, 1), consent_disclosure=True)
    tomorrow = (clock.today(lawyer) + timedelta(days=1)).isoformat()
    assert browser.post(f"/clients/{one.pk}/disclosures/new/", disclosure(on=tomorrow)).status_code == 422


def test_other_counsel(browser, harbour):
    browser.post(
        f"/clients/{harbour.pk}/counsel/new/", {"firm_name": "Clarke & Moss", "serves_for": "patents"}
    )
    counsel = OtherCounsel.objects.get()
    assert "Clarke &amp; Moss" in text_of(browser, harbour)
    wrong = {"firm_name": "Clarke & Moss", "since": "2025-01-01", "until": "2024-01-01"}
    assert browser.post(f"/clients/{harbour.pk}/counsel/{counsel.pk}/", wrong).status_code == 422
    ended = {"firm_name": "Clarke & Moss", "until": "2026-01-01", "version": 1}
    browser.post(f"/clients/{harbour.pk}/counsel/{counsel.pk}/", ended)
    counsel.refresh_from_db()
    assert (counsel.until, counsel.serves_for) == (date(2026, 1, 1), "")
    late = browser.post(f"/clients/{harbour.pk}/counsel/{counsel.pk}/", ended | {"serves_for": "tax"})
    assert late.status_code == 409
    assert [(one.label, one.yours) for one in late.context["differences"]] == [("For what", "tax")]
    browser.post(f"/clients/{harbour.pk}/counsel/{counsel.pk}/remove/")
    assert not OtherCounsel.objects.exists()
    assert AuditEntry.objects.filter(client_id=harbour.pk, verb="client.counsel_removed").exists()


def test_counsel_until_a_day_to_come_serves_them_still(browser, harbour):
    later = clock.today() + timedelta(days=1)
    OtherCounsel.objects.create(client=harbour, firm_name="Clarke & Moss", until=later)
    (line,) = browser.get(f"/clients/{harbour.pk}/profile/").context["counsel"]
    assert not line.former


def add(browser, client, **values):
    return browser.post(
        f"/clients/{client.pk}/facts/new/", {"kind": "phone", "value": "13800138000"} | values
    )


@pytest.mark.parametrize("value", ["021-58880000", "021 5888 0000", "13900139000"])
def test_what_is_on_record_is_not_added_again(browser, lawyer, harbour, value):
    add_fact(harbour, by=lawyer, kind="phone", value="13900139000")
    assert add(browser, harbour, value=value).status_code == 422
    assert ClientFact.objects.count() == 1


def test_an_earlier_address_is_noted_as_such(browser, lawyer, harbour):
    bare = make_client(lawyer)
    add(browser, bare, kind="address", value="9 Old Street", since="2019-01-01", until="2024-06-30")
    bare.refresh_from_db()
    assert bare.address == ""
    assert ClientFact.objects.get().until == date(2024, 6, 30)
    assert "1 earlier value" in text_of(browser, bare)
    assert list(visible_clients(lawyer).matching("Old Street")) == [bare]
    assert add(browser, bare, since="2024-01-02", until="2024-01-01").status_code == 422
    assert add(browser, bare, until=str(clock.today() + timedelta(days=1))).status_code == 422


def test_an_organisation_has_no_employer(browser, lawyer, harbour):
    assert add(browser, harbour, kind="employer", value="Quay Ltd").status_code == 422
    assert (
        add(browser, make_client(lawyer, kind="person"), kind="employer", value="Quay Ltd").status_code == 302
    )


def test_since_and_until_of_a_value_are_mended(browser, lawyer, harbour):
    fact = add_fact(harbour, by=lawyer, kind="phone", value="13900139000", label="office")
    address = f"/clients/{harbour.pk}/facts/{fact.pk}/"
    assert address in text_of(browser, harbour)
    values = {"label": "home", "since": "2024-05-01", "until": "", "version": 1}
    assert browser.post(address, values).status_code == 302
    late = browser.post(address, values | {"until": "2025-01-01"})
    assert late.status_code == 409 and late.context["differences"][0].yours == "2025-01-01"
    assert browser.post(address, values | {"version": 2, "until": "2024-04-30"}).status_code == 422
    fact.refresh_from_db()
    assert (fact.label, fact.since, fact.until) == ("home", date(2024, 5, 1), None)
    (told,) = AuditEntry.objects.filter(client_id=harbour.pk, verb="client.fact_changed")
    assert told.changes == {"phone": ["13900139000 (office)", "13900139000 (home) 2024-05-01 –"]}


def test_somebody_elses_client_has_no_profile(browser):
    other = make_client(make_person("lawyer2"))
    for path in ("profile/", "network/", "facts/new/", "counsel/new/", "disclosures/new/", "links/new/"):
        assert browser.get(f"/clients/{other.pk}/{path}").status_code == 404
    assert browser.post(f"/clients/{other.pk}/verify/").status_code == 404


def test_a_birthday_is_read_back_while_one_types(browser):
    def told(typed):
        return browser.post("/clients/read-date/?field=birth_date", {"birth_date": typed}).content.decode()

    assert "lunar calendar: leap 4th month, day 3" in told("农历闰四月初三")
    assert "next on" in told("5月3日")
    assert "There is no such day" in told("4月31日")
    assert told("").strip() == ""
