"""The pages about people and departments."""

import pytest
from django.test import Client

from lawcrm.firm.actions.departments import create_department, update_department
from lawcrm.firm.models import AuditEntry, Department, User
from lawcrm.firm.roles import Role, Scope
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_person("admin")


@pytest.fixture
def office(admin):
    client = Client()
    client.force_login(admin)
    return client


FORM = {
    "given_name": "Hui",
    "family_name": "Zeng",
    "name_zh": "曾慧",
    "username": "Zeng",
    "email": "Zeng@firm.example",
    "role": "lawyer",
}


def test_a_new_person_gets_in_by_link_only(office):
    office.post("/settings/people/new/", FORM)
    person = User.objects.get(username="zeng")
    assert (person.email, person.scope, person.has_usable_password()) == (
        "zeng@firm.example",
        Scope.TEAM,
        False,
    )
    page = office.post(f"/settings/people/{person.pk}/link/")
    link = page.context["link"]
    assert link in page.content.decode()
    Client().post(link, {"new_password1": "a fresh long phrase", "new_password2": "a fresh long phrase"})
    person.refresh_from_db()
    assert person.check_password("a fresh long phrase")
    assert [e.verb for e in AuditEntry.objects.filter(object_id=person.pk).order_by("id")] == [
        "user.created",
        "user.invited",
        "user.password_set",
    ]


def test_names_and_addresses_are_taken_whatever_their_capitals(office):
    make_person("zeng")
    form = office.post("/settings/people/new/", FORM | {"email": "ZENG@FIRM.example"}).context["form"]
    assert set(form.errors) == {"username", "email"}


def test_the_last_administrator_cannot_be_lost(office, admin):
    form = {name: getattr(admin, name) for name in FORM} | {"scope": "firm"}
    answer = office.post(f"/settings/people/{admin.pk}/", form | {"role": "lawyer", "is_active": "on"})
    assert "administrator" in answer.content.decode()
    assert office.post(f"/settings/people/{admin.pk}/", form | {"role": "administrator"}).status_code == 200
    admin.refresh_from_db()
    assert (admin.role, admin.is_active) == (Role.ADMINISTRATOR, True)


def test_a_change_of_role_is_in_force_at_the_next_request_and_told(office):
    person = make_person("partner")
    client = Client()
    client.force_login(person)
    assert client.get("/settings/people/").status_code == 404
    form = {name: getattr(person, name) for name in FORM} | {
        "role": "administrator",
        "scope": "firm",
        "language": "en",
        "time_zone": "Asia/Shanghai",
        "is_active": "on",
    }
    office.post(f"/settings/people/{person.pk}/", form)
    assert client.get("/settings/people/").status_code == 200
    assert AuditEntry.objects.get(verb="user.changed").changes == {"role": ["partner", "administrator"]}


def test_an_auditor_sees_no_clients(office):
    form = office.post("/settings/people/new/", FORM | {"role": "auditor", "scope": "firm"}).context["form"]
    assert "scope" in form.errors


def test_administrators_do_not_set_passwords(office):
    person = make_person("lawyer")
    before = person.password
    form = {name: getattr(person, name) for name in FORM} | {"password": "chosen by admin", "is_active": "on"}
    office.post(f"/settings/people/{person.pk}/", form)
    person.refresh_from_db()
    assert person.password == before


def test_a_department_moves_with_what_lies_below(admin):
    firm = create_department(by=admin, name="Firm")
    litigation = create_department(by=admin, name="Litigation", parent=firm)
    labour = create_department(by=admin, name="Labour", parent=litigation)
    abroad = create_department(by=admin, name="Abroad")
    update_department(litigation, by=admin, parent=abroad)
    labour.refresh_from_db()
    assert labour.path == f"/{abroad.id.hex}/{litigation.id.hex}/{labour.id.hex}"


def test_a_department_cannot_stand_below_itself(office, admin):
    top = create_department(by=admin, name="Top")
    below = create_department(by=admin, name="Below", parent=top)
    answer = office.post(f"/settings/departments/{top.pk}/", {"name": "Top", "parent": below.pk})
    assert answer.status_code == 200
    assert Department.objects.get(pk=top.pk).parent is None


def test_the_lists_open_and_find(office, admin):
    make_person("lawyer")
    create_department(by=admin, name="Litigation", name_zh="诉讼部")
    assert "Litigation" in office.get("/settings/departments/").content.decode()
    page = office.get("/settings/people/?q=陈伟").content.decode()
    assert "lawyer@firm.example" in page
    assert "admin@firm.example" not in page
