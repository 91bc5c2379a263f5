"""Many clients onto the list of an event, and off again where nothing was sent yet."""

from collections.abc import Sequence

from clients.models import Client
from interactions.actions.events import add_guests, remove_guests
from interactions.models import Event, EventInvitation


def invite(clients: Sequence[Client], params: dict, by) -> dict:
    event = Event.objects.visible_to(by).filter(pk=params["event"], cancelled_at=None).first()
    made = add_guests(event, clients, by=by) if event else []
    return {one.client_id: ({}, {"invitation": str(one.pk)}) for one in made}


def uninvite(clients: Sequence[Client], changes: dict, by) -> set:
    keys = [after["invitation"] for _before, after in changes.values()]
    return remove_guests(EventInvitation.objects.visible_to(by).filter(pk__in=keys), by=by)
