"""What the log holds already, for contacts that come from elsewhere."""

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from clients.models import ClientPerson
from clients.rules.names import normal_form
from interactions.models import Contact


def contacts_at(clients: Iterable[UUID], moments: Iterable[datetime]) -> set[tuple]:
    """(client, moment, channel, note) of the standing contacts of these clients at these moments.

    The note without the names that an import has put behind it in brackets.
    """
    moments = set(moments)
    rows = Contact.objects.unscoped().standing().filter(client_id__in=list(clients), at__in=moments)
    return {
        (contact.client_id, contact.at, contact.channel, re.sub(r" ?\[[^\[\]]*\]$", "", contact.substance))
        for contact in rows.only("client_id", "at", "channel", "note", "sealed_note").order_by()
    }


def contacts_referred(keys: Iterable[str], user) -> dict[str, UUID]:
    """{key as text: its client} of the contacts that the user may see."""
    keys = set(keys)
    rows = Contact.objects.visible_to(user).filter(pk__in=keys) if keys else Contact.objects.none()
    return {str(pk): client for pk, client in rows.order_by().values_list("pk", "client_id")}


def people_named(clients: Iterable[UUID]) -> dict[tuple, UUID]:
    """(client, normal name) -> the person there."""
    rows = (
        ClientPerson.objects.unscoped()
        .filter(client_id__in=list(clients))
        .order_by("-ended_on", "created_at")
    )
    names = rows.values_list("client_id", "person_id", "person__name", "person__latin_name")
    found: dict[tuple, UUID] = {}
    for client, person, *said in names:
        for name in filter(None, said):
            found.setdefault((client, normal_form(name)), person)
    return found


def contacts_held(keys: Iterable[UUID]) -> dict[UUID, Contact]:
    """Contacts by key, locked until the transaction ends."""
    return (
        Contact.objects.unscoped()
        .select_for_update(of=("self",))
        .select_related("client")
        .in_bulk(list(keys))
    )
