"""Contacts for tests, logged through the action as the product logs them."""

from datetime import timedelta

from interactions.actions.contacts import log_contact
from interactions.enums import Channel, Purpose
from lawcrm.firm import clock


def make_contact(client, by=None, **fields):
    """A phone call that reported progress, yesterday, unless `fields` say otherwise."""
    values = {
        "at": clock.now() - timedelta(days=1),
        "channel": Channel.PHONE,
        "purposes": [Purpose.PROGRESS_REPORT],
        **fields,
    }
    return log_contact(by=by or client.responsible, client=client, **values)
