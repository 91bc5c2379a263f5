"""URL x method x role: the table every address must stand in before it answers anybody.

Each app lists its addresses in `<app>/access_rules.py` as RULES. What is not listed does not answer.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.apps import apps

from lawcrm.firm.roles import PERMISSIONS, Role

PUBLIC = frozenset({"public"})
SIGNED_IN = frozenset(Role.values)


def roles_with(permission: str) -> frozenset[str]:
    """The roles that carry a permission."""
    return frozenset(str(role) for role, held in PERMISSIONS.items() if permission in held)


@dataclass(frozen=True)
class Rule:
    """One address.

    `methods` is a space-separated list ("GET POST"); HEAD goes with GET. `roles` are those who get an answer;
    everybody else gets 404. `door` names what the address shows one of, as "app.Model:url argument"; several
    are parted by spaces. The walk test goes by it.
    """

    url_name: str
    methods: str
    roles: frozenset[str]
    door: str | None = None

    def allows_method(self, method: str) -> bool:
        return ("GET" if method == "HEAD" else method) in self.methods.split()

    def allows_person(self, user) -> bool:
        if self.roles == PUBLIC:
            return True
        return user.is_authenticated and user.is_active and user.role in self.roles


@cache
def known_methods() -> frozenset[str]:
    """The methods some address answers."""
    return frozenset({"HEAD"}.union(*(rule.methods.split() for rule in access_table().values())))


@cache
def access_table() -> dict[str, Rule]:
    """Every rule by URL name. Raises ValueError when two rules claim one name."""
    table = {}
    for config in apps.get_app_configs():
        try:
            module = import_module(f"{config.name}.access_rules")
        except ModuleNotFoundError as error:
            if error.name != f"{config.name}.access_rules":
                raise
            continue
        for rule in module.RULES:
            if rule.url_name in table:
                raise ValueError(f"{rule.url_name} stands in two access tables")
            table[rule.url_name] = rule
    return table
