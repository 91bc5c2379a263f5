"""Clients for tests, made through the actions as the product makes them."""

from itertools import count

from clients.actions.clients import create_client
from clients.actions.people import add_person
from clients.enums import ClientKind, PersonRole

_numbers = count(1)


def make_client(responsible, **fields):
    """A client of this lawyer: an enterprise with a name of its own unless `fields` say otherwise."""
    number = next(_numbers)
    values = {"name": f"Client {number:04d}", "kind": ClientKind.PRIVATE} | fields
    return create_client(by=values.pop("by", responsible), responsible=responsible, **values)


def make_client_person(client, name="Anna Bell", **fields):
    """Somebody at the client."""
    values = {"role": PersonRole.USER} | fields
    return add_person(by=values.pop("by", client.responsible), client=client, name=name, **values)
