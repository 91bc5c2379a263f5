"""How clients and people become findable: their search column and their place in a list, made at save.

The words themselves are `clients.rules.search_tokens`; this hands it records and stores what it says.
"""

import re
from collections.abc import Iterable

from clients.enums import ClientKind
from clients.models import Client, Person
from clients.models.facts import DatedFact
from clients.queries.known_facts import facts_of
from clients.rules.names import sort_key
from clients.rules.search_tokens import Searchable, lexemes_for
from clients.search_column import as_tsvector


def refresh_search(client: Client, facts: Iterable[DatedFact] | None = None) -> None:
    """Sets `search` and `sort_key` of a client about to be saved.

    `facts`: what else is known of it and what was true once, found like the main values; fetched where not given.
    """
    is_person = client.kind == ClientKind.PERSON
    known = _by_kind(facts_of(client) if facts is None else facts)
    client.search = as_tsvector(
        lexemes_for(
            Searchable(
                names=_filled(client.name, client.latin_name, *client.former_names),
                is_person=is_person,
                phones=_filled(client.phone, *known["phone"]),
                emails=_filled(client.email, *known["email"]),
                words=_filled(client.wechat, client.employer, *known["word"]),
                beside=_filled(
                    client.address,
                    client.position,
                    client.group_name,
                    client.listing,
                    site_of(client.website),
                    *known["address"],
                ),
            )
        )
    )
    client.sort_key = sort_key(client.name, is_person=is_person)


def refresh_person_search(person: Person, facts: Iterable[DatedFact] | None = None) -> None:
    """Sets `search` and `sort_key` of a person about to be saved; `facts` as above."""
    known = _by_kind(facts_of(person) if facts is None else facts)
    person.search = as_tsvector(
        lexemes_for(
            Searchable(
                names=_filled(person.name, person.latin_name),
                is_person=True,
                phones=_filled(person.phone, *known["phone"]),
                emails=_filled(person.email, *known["email"]),
                words=_filled(person.wechat, *known["word"]),
                beside=_filled(*known["address"]),
            )
        )
    )
    person.sort_key = sort_key(person.name, is_person=True)


def _by_kind(facts: Iterable[DatedFact]) -> dict[str, list[str]]:
    """Values as the search takes them: phones, emails, addresses, and the rest as words."""
    found = {"phone": [], "email": [], "address": [], "word": []}
    for fact in facts:
        found[fact.kind if fact.kind in found else "word"].append(fact.value)
    return found


def _filled(*values: str) -> tuple[str, ...]:
    return tuple(value for value in values if value)


def site_of(website: str) -> str:
    """What somebody would type of a website: its name without what every one begins with."""
    return re.sub(r"^(https?://)?(www\.)?", "", website.lower()).partition("/")[0]
