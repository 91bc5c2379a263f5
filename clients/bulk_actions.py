"""What can be done to many clients at once; rooms above register their own in AppConfig.ready.

An action works on clients held under lock that came through the requester's door, and says of each that it changed
what it wrote over and what it wrote (codes and ids, JSON-able). From that it can take itself back later: a client whose
value is no longer what the action wrote was changed by somebody since, and is left alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lawcrm.firm.roles import may

Changed = dict  # {client id: (before, after)}


@dataclass(frozen=True)
class BulkAction:
    """`form(data, by=user)` is a form whose `params()` gives what `do` needs, JSON-able, and whose `told()` says it.

    `do(clients, params, by) -> {client id: (before, after)}` of those that changed.
    `undo(clients, changes, by) -> set of client ids` taken back, of `changes` {client id: (before, after)}.
    `done(count, params)` says in a sentence what happened.
    """

    code: str
    label: str
    icon: str
    order: int
    form: Callable
    do: Callable[[Sequence, dict, object], Changed]
    undo: Callable[[Sequence, Changed, object], set]
    done: Callable[[int, dict], str]
    permission: str = "clients.edit"
    is_grave: bool = False  # the button that does it says so
    hides: bool = (
        False  # the clients are out of sight afterwards: `undo` looks for them itself, behind its own door
    )

    def open_to(self, user) -> bool:
        return may(user, self.permission)


@dataclass(frozen=True)
class BulkPage:
    """Work on many clients that has a page of its own: it takes the address of a list, narrowed to what was chosen.

    `url(query)` is the page for the list of that query string.
    """

    code: str
    label: str
    icon: str
    order: int
    url: Callable[[str], str]
    permission: str = "clients.edit"
    is_grave: bool = False

    def open_to(self, user) -> bool:
        return may(user, self.permission)


_ACTIONS: dict[str, BulkAction | BulkPage] = {}


def register(action: BulkAction | BulkPage) -> None:
    """Raises ValueError where the code is taken by another."""
    if _ACTIONS.setdefault(action.code, action) != action:
        raise ValueError(f"two bulk actions are called {action.code}")


def bulk_action(code: str) -> BulkAction | BulkPage | None:
    return _ACTIONS.get(code)


def bulk_actions_for(user) -> list[BulkAction | BulkPage]:
    """Those the person may use, in their order."""
    return sorted((one for one in _ACTIONS.values() if one.open_to(user)), key=lambda one: one.order)
