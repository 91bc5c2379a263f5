"""People as contact cards: what an address book needs of them."""

from collections.abc import Iterable, Iterator, Sequence

from clients.enums import FactKind
from clients.rules.vcard import Card, vcard

_OF_CARDS = (FactKind.PHONE, FactKind.EMAIL, FactKind.ADDRESS)


def cards_of(places: Iterable, facts, version: str = "4.0") -> Iterator[str]:
    """One card for each person among the places, with all of the given places on it.

    `facts`: the facts of people that may be seen; those that hold now stand on the card beside the main values.
    """
    by_person: dict = {}
    for place in places:
        by_person.setdefault(place.person_id, []).append(place)
    more = _holding(facts, by_person)
    for pk, own in by_person.items():
        yield vcard(_card(own, more.get(pk, {})), version)


def _holding(facts, people: Iterable) -> dict:
    """{person: {kind: values}}"""
    found: dict = {}
    rows = facts.holding().filter(person__in=list(people), kind__in=_OF_CARDS).order_by("id")
    for person, kind, value in rows.values_list("person_id", "kind", "value"):
        found.setdefault(person, {}).setdefault(kind, []).append(value)
    return found


def _card(places: Sequence, more: dict) -> Card:
    person = places[0].person
    return Card(
        uid=str(person.pk),
        name=person.name,
        latin_name=person.latin_name,
        sex=person.sex,
        phones=(person.phone, *more.get(FactKind.PHONE, ())),
        emails=(person.email, *more.get(FactKind.EMAIL, ())),
        wechat=person.wechat,
        birth_date=person.birth_date,
        organisations=tuple(
            (place.client.name, place.position) for place in places if place.client.name != person.name
        ),
        address=next(iter(more.get(FactKind.ADDRESS, ())), ""),
    )
