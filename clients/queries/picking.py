"""Who a person may mean by a few words: clients, people and colleagues, each through its door."""

from __future__ import annotations

from clients.access import visible_clients, visible_people
from lawcrm.firm.models.user import User
from lawcrm.firm.queries.people import working_people

MOST = 6


def clients_meant(words: str, user) -> list:
    found = visible_clients(user).matching(words).only("name", "kind", "industry")
    return list(found.order_by("sort_key", "pk")[:MOST])


def people_meant(words: str, user) -> list:
    found = visible_people(user).matching(words).only("name", "latin_name")
    return list(found.order_by("sort_key", "pk")[:MOST])


def colleagues_meant(words: str) -> list[User]:
    wanted = words.casefold()
    names = ("given_name", "family_name", "name_zh", "username")
    return [
        one
        for one in working_people()
        if any(wanted in getattr(one, name).casefold() for name in names) or wanted in str(one).casefold()
    ][:MOST]
