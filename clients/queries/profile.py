"""What the profile tab reads of one client that already came through the door."""

from clients.models import ClientFact, ClientPerson, Disclosure, OtherCounsel

MOST_DISCLOSURES = 50


def facts_of(client) -> list[ClientFact]:
    """Further values, those that hold first, then what was true once, the latest ended first."""
    return list(ClientFact.objects.filter(client=client))


def counsel_of(client) -> list[OtherCounsel]:
    return list(OtherCounsel.objects.filter(client=client))


def disclosures_of(client) -> list[Disclosure]:
    return list(Disclosure.objects.filter(client=client).select_related("made_by")[:MOST_DISCLOSURES])


def roles_there(client) -> list[list[str]]:
    """The roles of each person who is at the client now."""
    return list(ClientPerson.objects.filter(client=client).present().values_list("roles", flat=True))
