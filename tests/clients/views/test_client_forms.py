"""Adding and changing by form: clean values, remarks, and two savers at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client as Browser

from clients.actions.clients import set_team
from clients.models import Client, ClientPerson, Person
from lawcrm.firm.partial_dates import PartialDate
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def browser(client, lawyer):
    client.force_login(lawyer)
    return client


def typed(response) -> dict:
    """What a browser would send back from a page's form."""
    form = response.context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value not in (None, "", [], False):
            values[field.html_name] = (
                [getattr(one, "pk", one) for one in value] if isinstance(value, list) else value
            )
    return {name: getattr(value, "pk", value) for name, value in values.items()}


def new(browser, **values):
    return typed(browser.get("/clients/new/")) | values


def test_a_client_is_added_with_clean_values(browser, lawyer):
    values = new(
        browser, name=" 王 小明 ", kind="person", phone="+86 138 0013 8000", email="Wang@Example.COM"
    )
    sent = browser.post("/clients/new/", values | {"identity_number": "110101 19900307 7272"})
    made = Client.objects.get()
    assert sent.url == f"/clients/{made.pk}/"
    assert (made.name, made.phone, made.email) == ("王小明", "13800138000", "wang@example.com")
    assert (made.birth_date, made.sex) == (PartialDate(1990, 3, 7), "male")
    assert made.identity_number == "110101199003077272"
    assert made.responsible == lawyer


def test_wrong_values_are_named_with_what_to_do(browser):
    values = new(browser, name="", kind="person", phone="12", email="x", identity_number="110101199003077273")
    page = browser.post("/clients/new/", values)
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"name", "phone", "email", "identity_number"}
    assert not Client.objects.exists()


def test_what_a_kind_does_not_have_is_left_empty(browser):
    values = new(browser, name="Bell Ltd", kind="private", sex="female", identity_number="nonsense")
    assert browser.post("/clients/new/", values).status_code == 302
    made = Client.objects.get()
    assert (made.sex, made.identity_number) == ("", "")


def test_a_duplicate_is_remarked_on_and_may_be_saved_all_the_same(browser, lawyer):
    make_client(lawyer, name="Harbour Foods Ltd", phone="13800138000")
    values = new(browser, name="Harbour Foods", phone="138 0013 8000")
    page = browser.post("/clients/new/", values)
    assert page.status_code == 422
    assert "Harbour Foods Ltd may be the same client" in page.content.decode()
    seen = page.context["form"].warning_codes
    assert browser.post("/clients/new/", values | {"seen_warnings": seen}).status_code == 302
    assert Client.objects.count() == 2


@pytest.mark.parametrize(("username", "compares"), [("admin", True), ("lawyer", False)])
def test_who_may_merge_compares_while_editing(client, lawyer, username, compares):
    make_client(lawyer, name="Harbour Foods Ltd", phone="13800138000")
    edited = make_client(lawyer, name="Harbour", phone="13800138000")
    client.force_login(lawyer if username == "lawyer" else make_person(username))
    values = new(client, name="Harbour Foods", phone="138 0013 8000")
    found = client.post(f"/clients/similar/?client={edited.pk}", values).text
    assert "may be the same client" in found and ("Compare" in found) is compares
    assert (f"/merge/{edited.pk}/" in found) is compares


def test_a_duplicate_behind_a_door_is_not_named(browser):
    make_client(make_person("lawyer2"), name="Harbour Foods Ltd", phone="13800138000")
    page = browser.post("/clients/new/", new(browser, name="Harbour Foods", phone="13800138000"))
    text = page.content.decode()
    assert "Ask the administrator" in text
    assert "Harbour Foods Ltd" not in text
    assert "same phone" not in text


def test_looking_for_duplicates_while_typing(browser, lawyer):
    make_client(lawyer, name="Harbour Foods Ltd", phone="13800138000")
    found = browser.post("/clients/similar/", {"name": "", "phone": "13800138000"}).content.decode()
    assert "Harbour" not in found  # a phone alone is not a client
    found = browser.post("/clients/similar/", {"name": "harbour foods", "phone": ""}).content.decode()
    assert "Harbour Foods Ltd may be the same client" in found


def test_a_taken_number_is_refused_without_telling_whose(browser):
    make_client(make_person("lawyer2"), name="王芳", kind="person", identity_number="110101199003077272")
    values = new(browser, name="李静", kind="person", identity_number="110101199003077272")
    page = browser.post("/clients/new/", values | {"seen_warnings": "hidden"})
    assert page.status_code == 422
    assert "another client already" in page.content.decode()
    assert "王芳" not in page.content.decode()


def test_handing_a_client_on_is_remarked_on(browser, lawyer):
    harbour = make_client(lawyer, name="Harbour")
    other = make_person("lawyer2")
    values = typed(browser.get(f"/clients/{harbour.pk}/edit/")) | {"responsible": other.pk}
    page = browser.post(f"/clients/{harbour.pk}/edit/", values)
    assert "no longer see this client" in page.content.decode()
    sent = browser.post(f"/clients/{harbour.pk}/edit/", values | {"seen_warnings": "sight"})
    assert sent.status_code == 302
    assert Client.objects.get().responsible == other


def test_sealed_fields_stay_as_they_were_unless_typed_over_or_taken_away(browser, lawyer):
    harbour = make_client(lawyer, name="Harbour", registration_number="9131000012", background="Secret.")
    address = f"/clients/{harbour.pk}/edit/"
    page = browser.get(address)
    assert "Secret." not in page.content.decode()
    assert "9131000012" not in page.content.decode()
    browser.post(address, typed(page) | {"industry": "Food"})
    assert Client.objects.get().background == "Secret."
    browser.post(address, typed(browser.get(address)) | {"registration_number": "-", "background": "New."})
    saved = Client.objects.get()
    assert (saved.registration_number, saved.registration_index, saved.background) == ("", None, "New.")


# -- two savers --------------------------------------------------------------------------------------------


def second_saver(browser, lawyer, mine: dict, theirs: dict):
    harbour = make_client(lawyer, name="Harbour", industry="Food", grade="C")
    address = f"/clients/{harbour.pk}/edit/"
    opened = typed(browser.get(address))
    browser.post(address, opened | theirs)
    return address, opened | mine, browser.post(address, opened | mine)


def test_the_second_saver_sees_both_versions_and_nothing_is_written(browser, lawyer):
    _address, _mine, page = second_saver(
        browser, lawyer, {"industry": "Shipping"}, {"grade": "A", "grade_reason": "Grew.", "industry": "Port"}
    )
    assert page.status_code == 409
    shown = {one.name: (one.theirs, one.yours, one.keeps) for one in page.context["differences"]}
    assert shown == {
        "grade": ("Key client", "Standard client", "theirs"),  # not touched by the second saver
        "industry": ("Port", "Shipping", "yours"),
    }
    assert "Wei Chen saved this while you were editing" in page.content.decode()
    assert Client.objects.get().industry == "Port"


def test_the_second_saver_chooses_field_by_field(browser, lawyer):
    address, mine, page = second_saver(
        browser,
        lawyer,
        {"industry": "Shipping", "wechat": "harbour"},
        {"grade": "A", "grade_reason": "Grew.", "industry": "Port"},
    )
    again = mine | {
        "version": page.context["form"]["version"].value(),
        "keep-grade": "theirs",
        "keep-industry": "yours",
    }
    assert browser.post(address, again).status_code == 302
    saved = Client.objects.get()
    assert (saved.grade, saved.industry, saved.wechat) == ("A", "Shipping", "harbour")


@pytest.mark.django_db(transaction=True)
def test_of_savers_at_the_same_moment_one_wins_and_none_is_overwritten():
    lawyer = make_person("lawyer")
    harbour = make_client(lawyer, name="Harbour")
    address = f"/clients/{harbour.pk}/edit/"
    browsers = []
    for _number in range(6):
        browser = Browser()
        browser.force_login(lawyer)
        browsers.append(browser)
    opened = typed(browsers[0].get(address))

    def save(number):
        try:
            return browsers[number].post(address, opened | {"industry": f"Trade {number}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(save, range(6)))
    assert sorted(answers) == [302, 409, 409, 409, 409, 409]
    saved = Client.objects.get()
    assert (saved.version, saved.industry) == (2, f"Trade {answers.index(302)}")


# -- team and people ---------------------------------------------------------------------------------------


def test_the_team_is_chosen_among_working_people(browser, lawyer):
    harbour = make_client(lawyer)
    other, _auditor = make_person("lawyer2"), make_person("auditor")
    page = browser.get(f"/clients/{harbour.pk}/team/").content.decode()
    assert "Na Li" in page
    assert "Qiang Wu" not in page
    assert browser.post(f"/clients/{harbour.pk}/team/", {"people": [other.pk]}).status_code == 302
    assert Client.objects.get().team_ids == [other.pk]


def test_leaving_a_team_ends_at_the_list(browser, lawyer):
    harbour = make_client(make_person("lawyer2"))
    set_team(harbour, by=lawyer, people=[lawyer])
    assert browser.post(f"/clients/{harbour.pk}/team/", {"people": []}).url == "/clients/"


def test_a_person_is_added_and_a_known_phone_remarked_on(browser, lawyer):
    harbour = make_client(lawyer)
    make_client_person(make_client(lawyer), "Anna Bell", phone="13800138000")
    values = {"name": "A. Bell", "roles": ["payer"], "phone": "138-0013-8000"}
    page = browser.post(f"/clients/{harbour.pk}/people/new/", values)
    assert "Anna Bell has the same phone" in page.content.decode()
    seen = {"seen_warnings": page.context["form"].warning_codes}
    assert browser.post(f"/clients/{harbour.pk}/people/new/", values | seen).status_code == 302
    assert Person.objects.filter(phone="13800138000").count() == 2


def test_a_person_saved_by_two_shows_both_versions(browser, lawyer):
    place = make_client_person(make_client(lawyer), "Anna Bell").places.get()
    address = f"/clients/{place.client_id}/people/{place.pk}/"
    opened = typed(browser.get(address))
    assert browser.post(address, opened | {"position": "CFO"}).status_code == 302
    page = browser.post(address, opened | {"name": "Anna Ray", "position": "CEO"})
    assert page.status_code == 409
    assert {(one.name, one.theirs, one.yours) for one in page.context["differences"]} == {
        ("name", "Anna Bell", "Anna Ray"),
        ("position", "CFO", "CEO"),
    }
    assert ClientPerson.objects.get().position == "CFO"


def test_a_person_of_another_client_is_not_found_here(browser, lawyer):
    place = make_client_person(make_client(lawyer)).places.get()
    assert browser.get(f"/clients/{make_client(lawyer).pk}/people/{place.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ({"consent_on": "2026-05-01", "consent_until": "2026-04-30"}, "consent_until"),
        ({"consent_on": "2026-05-01", "consent_withdrawn_on": "2026-04-30"}, "consent_withdrawn_on"),
        ({"consent_withdrawn_on": "2026-04-30"}, "consent_on"),
        ({"consent_on": "2026-05-01", "consent_until": "2026-05-01"}, None),
    ],
)
def test_the_days_of_a_consent_fit_together(browser, lawyer, days, wrong):
    harbour = make_client(lawyer, name="Harbour")
    address = f"/clients/{harbour.pk}/edit/"
    answer = browser.post(address, typed(browser.get(address)) | days)
    assert list(answer.context["form"].errors) == [wrong] if wrong else answer.status_code == 302


def test_a_grade_changes_in_the_profile_only_with_its_reason(browser, lawyer):
    harbour = make_client(lawyer, name="Harbour", grade="C")
    address = f"/clients/{harbour.pk}/edit/"
    sent = typed(browser.get(address)) | {"grade": "A"}
    refused = browser.post(address, sent)
    assert refused.status_code == 422
    assert "Say why the grade changes." in refused.content.decode()
    assert browser.post(address, sent | {"grade_reason": "The group moves to us."}).status_code == 302
    assert Client.objects.get().grade == "A"
    assert harbour.grade_changes.get(old="C").reason == "The group moves to us."


def test_a_first_grade_needs_no_reason(browser, lawyer):
    harbour = make_client(lawyer, name="Harbour", grade="")
    address = f"/clients/{harbour.pk}/edit/"
    page = browser.get(address)
    assert "grade_reason" not in page.context["form"].fields
    assert browser.post(address, typed(page) | {"grade": "A"}).status_code == 302


def test_a_renamed_client_keeps_its_former_name_unless_it_was_mistyped(browser, lawyer):
    harbour = make_client(lawyer, name="Harbuor Trading")
    address = f"/clients/{harbour.pk}/edit/"
    browser.post(address, typed(browser.get(address)) | {"name": "Harbour Trading", "was_mistyped": "on"})
    assert Client.objects.get().former_names == []
    browser.post(address, typed(browser.get(address)) | {"name": "Port Holding"})
    assert Client.objects.get().former_names == ["Harbour Trading"]
    assert Client.objects.matching("harbour").exists()
    browser.post(address, typed(browser.get(address)) | {"name": "port  holding"})
    assert Client.objects.get().former_names == ["Harbour Trading"]
    browser.post(address, typed(browser.get(address)) | {"name": "Harbour Trading"})
    assert Client.objects.get().former_names == ["port holding"]
