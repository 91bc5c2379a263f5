"""The foundation's lists ask as much with 30 rows as with 3."""

import pytest
from django.test import Client as Browser

from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.departments import create_department
from lawcrm.firm.actions.walls import raise_wall
from tests.clients.build import make_client
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_person("admin")


@pytest.fixture
def browser(admin):
    browser = Browser()
    browser.force_login(admin)
    return browser


def growing(make):
    """`grow(n)` for assert_flat: numbers go on from call to call."""
    made = iter(range(1000))
    return lambda more: [make(next(made)) for _ in range(more)]


def test_people(browser, admin):
    department = create_department(by=admin, name="Litigation")
    grow = growing(lambda n: make_person(f"p{n}", department=department, supervisor=admin))
    assert assert_flat(browser, "/settings/people/", grow) <= 6


def test_departments(browser, admin):
    assert (
        assert_flat(
            browser, "/settings/departments/", growing(lambda n: create_department(by=admin, name=f"D{n}"))
        )
        <= 6
    )


def test_sessions(browser, admin):
    grow = growing(lambda n: Browser().force_login(admin))
    assert assert_flat(browser, "/settings/sessions/", grow) <= 6


def test_audit_trail(browser, admin):
    grow = growing(
        lambda n: record(
            by=make_person(f"p{n}"), verb="user.changed", obj=admin, changes={"role": ["a", "b"]}
        )
    )
    assert assert_flat(browser, "/audit/", grow) <= 8


def test_walls(browser, admin):
    def make(n):
        kept_out = make_person(f"p{n}")
        raise_wall(
            make_client(admin), kind="client", mode="excludes", people=[kept_out], reason="conflict", by=admin
        )

    assert assert_flat(browser, "/walls/", growing(make)) <= 10
