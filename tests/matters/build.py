"""Matters for tests, opened through the action."""

from clients.enums import BusinessField, ServiceType
from lawcrm.firm import clock
from matters.actions.matters import open_matter


def make_matter(client, **fields):
    values = {
        "title": "Supply contract",
        "kind": BusinessField.COMMERCIAL,
        "service_type": ServiceType.ADVICE,
    }
    values |= {"accepted_on": clock.today()} | fields
    return open_matter(by=values.pop("by", client.responsible), client=client, **values)
