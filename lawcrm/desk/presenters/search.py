"""What was found, as groups of lines."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clients.enums import ClientKind, RelationshipType
from clients.models.person import role_words
from interactions.presenters.contacts import contact_row
from lawcrm.desk.queries import search
from lawcrm.firm.models.user import ordered_name
from lawcrm.firm.row_address import row_address
from lawcrm.firm.words import listed

SNIPPET = 70


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    title: str
    sub: str = ""
    type: str = ""  # code of a relationship type, for its mark
    type_label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    icon: str
    lines: list[Line]
    note: str = ""


def groups(words: str, user, limit: int) -> list[Group]:
    """The groups that hold something; clients and people who are nearly called so where none are called so."""
    clients, people = search.clients_found(words, user, limit), search.people_found(words, user, limit)
    if not clients and not people:
        clients, people = search.nearly_found(words, user, limit)
    found = [
        Group(
            "clients",
            _("Clients"),
            "users",
            [_client(one) for one in clients],
        ),
        Group(
            "people",
            _("People"),
            "user-circle",
            [_person(one) for one in people],
        ),
        Group(
            "matters",
            _("Matters"),
            "briefcase",
            [_matter(one) for one in search.matters_found(words, user, limit)],
        ),
        Group(
            "contacts",
            _("Contacts"),
            "messages",
            [_contact(one, words) for one in search.contacts_found(words, user, limit)],
            _("Notes of the latest contacts only; older ones stand on the page of their client."),
        ),
    ]
    return [group for group in found if group.lines]


def recent(user, limit: int) -> list[Group]:
    """What one looked at last: shown where nothing is searched for yet."""
    lines = [_client(one) for one in search.looked_at_last(user, limit)]
    return [Group("recent", _("Recently viewed"), "history", lines)] if lines else []


def _client(client) -> Line:
    latin = client.latin_name if client.latin_name != client.name else ""
    lawyer = ordered_name(
        client.responsible__given_name, client.responsible__family_name, client.responsible__name_zh
    )
    kind = RelationshipType(client.relationship_type) if client.relationship_type else None
    return Line(
        url=row_address("clients:detail", client.pk),
        title=client.name,
        sub=_joined(latin or str(ClientKind(client.kind).label), client.industry, lawyer),
        type=kind.code if kind else "",
        type_label=str(kind.label) if kind else "",
    )


def _person(place) -> Line:
    latin = place.person__latin_name if place.person__latin_name != place.person__name else ""
    said = place.position or listed(role_words(place.roles))
    return Line(
        url=row_address("clients:detail", place.client_id),
        title=place.person__name,
        sub=_joined(latin, place.client__name, said, place.person__phone),
    )


def _matter(matter) -> Line:
    return Line(
        url=row_address("matters:detail", matter.pk),
        title=matter.title,
        sub=_joined(matter.client.name, matter.number),
    )


def _contact(contact, words: str) -> Line:
    row = contact_row(contact)
    return Line(
        url=row.url, title=_around(contact.note, words), sub=_joined(row.client, row.day, row.channel)
    )


def _around(note: str, words: str) -> str:
    """The part of a note where the words stand."""
    at = note.casefold().find(words.casefold())
    start = 0 if at < SNIPPET // 2 else at - SNIPPET // 3
    part = note[start : start + SNIPPET].strip()
    return ("…" if start else "") + part + ("…" if start + SNIPPET < len(note) else "")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
