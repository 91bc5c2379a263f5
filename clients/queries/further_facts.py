"""What is on record of many clients or people besides their main values, read at once."""

from collections.abc import Iterable

from clients.models import Client, ClientFact, PersonFact


def attach_further(owners: Iterable) -> None:
    """Gives each client or person (of one model) `further`: its facts, in the order in which they came."""
    owners = list(owners)
    if not owners:
        return
    model, name = (ClientFact, "client") if isinstance(owners[0], Client) else (PersonFact, "person")
    held: dict = {owner.pk: [] for owner in owners}
    rows = model.objects.filter(**{f"{name}__in": list(held)}).only(name, "kind", "label", "value", "until")
    for fact in rows.order_by("pk"):
        held[getattr(fact, f"{name}_id")].append(fact)
    for owner in owners:
        owner.further = held[owner.pk]
