"""Clients to choose from when logging a contact, and the people at one of them."""

from django.db.models import F

from clients.models import Person

OFFERED = 8


def clients_to_pick(clients, user, words: str) -> list:
    """Those the words find; without words the ones the person works for, the latest spoken to first."""
    clients = clients.select_related("responsible")
    if words.strip():
        return list(clients.matching(words).order_by("sort_key", "id")[:OFFERED])
    latest = clients.worked_on_by(user).order_by(F("last_contact_at").desc(nulls_last=True))
    return list(latest[:OFFERED])


def people_at(client):
    """The people at a client that came through the door, those who left it left out."""
    return Person.objects.filter(places__client=client, places__ended_on=None)


def clients_for_preview(clients, user) -> list:
    """A few real clients to try a text on: the person's own, else the first by name."""
    return clients_to_pick(clients, user, "") or list(
        clients.select_related("responsible").order_by("sort_key", "id")[:OFFERED]
    )
