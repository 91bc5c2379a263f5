"""The firm's own words that a list may hold, tags and departments: by name, and by key."""

from clients.models import Tag
from clients.rules.names import normal_form
from lawcrm.firm.queries.people import departments


def tag_key(name: str) -> str:
    """Two tags of one key are one tag."""
    return (normal_form(name) or name.casefold())[:60]


def tags_by_name() -> dict[str, str]:
    """{key of its name: id}"""
    return {key: str(pk) for key, pk in Tag.objects.values_list("key", "pk")}


def tag_names() -> dict[str, str]:
    """{id: name}, in the order of their names"""
    return {str(pk): name for pk, name in Tag.objects.values_list("pk", "name")}


def departments_by_name() -> dict[str, str]:
    """{normal form of either name: id}"""
    return {
        normal_form(name): str(one.pk) for one in departments() for name in (one.name_zh, one.name) if name
    }


def department_names() -> dict[str, str]:
    """{id: name in the reader's language}"""
    return {str(one.pk): str(one) for one in departments()}
