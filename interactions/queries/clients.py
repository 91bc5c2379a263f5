"""Clients to choose from when logging a contact."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import F, Func, Value

from clients.models import Person
from clients.rules.search_tokens import tsquery_for

OFFERED = 8


def clients_to_pick(clients, user, words: str) -> list:
    """Those the words find; without words the ones the person works for, the latest spoken to first."""
    if words.strip():
        return list(found_by(clients, words)[:OFFERED])
    latest = clients.select_related("responsible").order_by(F("last_contact_at").desc(nulls_last=True))
    return list(latest.worked_on_by(user)[:OFFERED])


def found_by(clients, words: str):
    question = Func(
        Value(tsquery_for(words)), template="%(expressions)s::tsquery", output_field=SearchQueryField()
    )
    return clients.filter(search=question).select_related("responsible").order_by("sort_key", "id")


def people_at(client):
    """The people at a client that came through the door, those who left it left out."""
    return Person.objects.filter(places__client=client, places__ended_on=None)
