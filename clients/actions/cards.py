"""Contact cards taken out: each is written down, and nobody takes very many one by one."""

from django.db import transaction

from clients.models import Client, Person
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.looks import record_look


@transaction.atomic
def take_card(person: Person, *, by) -> None:
    """One person's card, which whoever sees the person may take. Raises TooManyLooks."""
    record_look(by=by, verb="person.card_revealed", obj=person)


@transaction.atomic
def take_cards(client: Client, *, by, count: int) -> None:
    """The cards of all people at a client: an export."""
    audit.record(by=by, verb="client.cards_taken", obj=client, detail={"count": count})
