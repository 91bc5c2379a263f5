"""Contacts for tests, logged through the action as the product logs them."""

from datetime import datetime, timedelta

from interactions.actions.contacts import log_contact
from interactions.enums import Channel, Purpose
from lawcrm.firm import clock
from lawcrm.firm.working_calendar import current_calendar


def make_contact(client, by=None, **fields):
    """A phone call that reported progress, yesterday, unless `fields` say otherwise."""
    values = {
        "at": clock.now() - timedelta(days=1),
        "channel": Channel.PHONE,
        "purposes": [Purpose.PROGRESS_REPORT],
        **fields,
    }
    return log_contact(by=by or client.responsible, client=client, **values)


def working_days_after(moment, days: int, user=None) -> datetime:
    """The same hour, so many working days of the firm later, where the user is."""
    here = clock.local(moment, user)
    day = current_calendar().add_working_days(here.date(), days)
    return datetime.combine(day, here.time(), tzinfo=clock.zone_of(user))
