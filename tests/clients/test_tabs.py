"""The tabs of a client: in their order, for those who may open them, the current one known from the address."""

import pytest

from clients import tabs
from tests.clients.build import make_client
from tests.people import make_person


@pytest.fixture(autouse=True)
def two_tabs(monkeypatch):
    monkeypatch.setattr(tabs, "_TABS", {})
    tabs.register(tabs.Tab("later", "Later", "clients:edit", 90, also=("clients:team",)))
    tabs.register(tabs.Tab("first", "First", "clients:detail", 10))
    tabs.register(
        tabs.Tab(
            "few", "For few", "clients:relationship", 50, shown=lambda user, client: user.role == "partner"
        )
    )


@pytest.mark.django_db
def test_each_sees_the_tabs_they_may_open():
    lawyer = make_person("lawyer")
    one = make_client(lawyer)
    drawn = tabs.tabs_of(lawyer, one, "clients:team")
    assert [(tab.label, tab.current) for tab in drawn] == [("First", False), ("Later", True)]
    assert [tab.label for tab in tabs.tabs_of(make_person("partner"), one, "")] == [
        "First",
        "For few",
        "Later",
    ]


def test_a_name_stands_for_one_tab():
    with pytest.raises(ValueError):
        tabs.register(tabs.Tab("first", "Another", "clients:detail", 10))


@pytest.mark.django_db
def test_the_current_tab_is_marked_on_the_page(client):
    lawyer = make_person("lawyer")
    client.force_login(lawyer)
    page = client.get(f"/clients/{make_client(lawyer).pk}/").content.decode()
    assert page.count('aria-current="page"') >= 1
    assert ">First</a>" in page and 'aria-current="page">First</a>' in page
