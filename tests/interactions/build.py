"""Clients to log contacts for, made as plainly as the log needs them."""

from datetime import timedelta

from clients.enums import ClientKind
from clients.models import Client
from interactions.actions.contacts import log_contact
from interactions.enums import Channel, Purpose
from lawcrm.firm import clock


def make_client(responsible, **fields) -> Client:
    values = {"name": "Huaxin Materials", "kind": ClientKind.PRIVATE, **fields}
    values.setdefault("sort_key", values["name"].lower())
    return Client.objects.create(responsible=responsible, **values)


def make_contact(client, by=None, **fields):
    """A phone call that reported progress, yesterday, unless `fields` say otherwise."""
    values = {
        "at": clock.now() - timedelta(days=1),
        "channel": Channel.PHONE,
        "purposes": [Purpose.PROGRESS_REPORT],
        **fields,
    }
    return log_contact(by=by or client.responsible, client=client, **values)
