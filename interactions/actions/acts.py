"""One visit or event with several clients: logged once, a contact in the log of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from interactions.actions.contacts import log_with_several
from interactions.models import Contact
from lawcrm.firm.ids import new_id

MOST = 100


class TooManyClients(Exception):
    """More than any visit or event holds: a list is meant, and another tool."""


@transaction.atomic
def log_act(*, by, clients: Iterable, next_of: Callable = lambda client: None, **fields) -> list[Contact]:
    """The same contact with each of the clients, under one key; `next_of(client)`: when to get in touch again.

    Raises ValueError without clients, TooManyClients.
    """
    clients = list(dict.fromkeys(clients))
    if not clients:
        raise ValueError("an act is with somebody")
    if len(clients) > MOST:
        raise TooManyClients
    act = new_id() if len(clients) > 1 else None
    return log_with_several(by=by, clients=clients, act=act, next_of=next_of, **fields)
