"""Clients to choose from when logging a contact, and the people at one of them."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef

from clients.models import Person
from interactions.models import FollowUp
from lawcrm.firm import clock

OFFERED = 8
HOUR = timedelta(hours=1)


def clients_to_pick(clients, user, words: str) -> list:
    """Those the words find; without words the ones the person works for: planned for this hour, then by last contact."""
    clients = clients.select_related("responsible")
    if words.strip():
        return list(clients.matching(words).order_by("sort_key", "id")[:OFFERED])
    now = clock.now()
    planned = FollowUp.objects.filter(
        client=OuterRef("pk"), owner=user, due_at__range=(now - HOUR, now + HOUR)
    )
    latest = clients.worked_on_by(user).annotate(now=Exists(planned.unfinished()))
    return list(latest.order_by("-now", F("last_contact_at").desc(nulls_last=True))[:OFFERED])


def people_at(client):
    """The people at a client that came through the door, those who left it left out."""
    return Person.objects.filter(places__client=client, places__ended_on=None)


def clients_for_preview(clients, user) -> list:
    """A few real clients to try a text on: the person's own, else the first by name."""
    return clients_to_pick(clients, user, "") or list(
        clients.select_related("responsible").order_by("sort_key", "id")[:OFFERED]
    )


def chosen_clients(clients, keys: list) -> list:
    """Those of the keys that the person sees, by name."""
    return (
        list(clients.filter(pk__in=keys).select_related("responsible").order_by("sort_key", "id"))
        if keys
        else []
    )
