"""The lists of clients and of the people at them, as files.

The columns an import knows come first, written by the very widgets that read them (clients/importing/columns.py), so
that what goes out comes back as the same. What a list shows besides follows (clients/queries/columns.py).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clients.access import visible_clients, visible_person_facts, visible_places
from clients.forms.client_list import ClientListForm
from clients.importing.columns import COLUMNS as READ
from clients.importing.further import KIND_OF, held_by
from clients.importing.people_rows import PeopleResource, value_at
from clients.presenters.cards import cards_of
from clients.presenters.columns import plain_of
from clients.presenters.filters import list_words
from clients.queries.column_kinds import Column, Kind
from clients.queries.columns import COLUMNS
from clients.queries.further_facts import attach_further
from clients.queries.import_people import share_further
from clients.queries.list_words import words_for
from clients.rules.several import joined
from lawcrm.firm import clock
from lawcrm.firm.exporting import CARDS, ExportColumn, Listing, register
from lawcrm.firm.queries.people import unmistakable_names
from lawcrm.firm.roles import may
from lawcrm.firm.sealed import MASK

_FOR_IMPORT, _FOR_READING = _("What an import reads"), _("What lists show besides")
FIRM_WORDS = ("tags", "department")  # kept by key, written by name
PEOPLE_READ = PeopleResource.fields
_WIDE = {"name": 32, "address": 40, "note": 60, "email": 28, "reference": 38}


@cache
def _read_as() -> dict[str, str]:
    """Column of the list -> column of an import, for those that show the same field of a client."""
    by_field = {column.attribute or code: code for code, column in READ.items()}
    return {code: by_field[column.lookup] for code, column in COLUMNS.items() if column.lookup in by_field}


def _shown_only() -> dict[str, Column]:
    """What lists show and imports do not read."""
    return {code: column for code, column in COLUMNS.items() if column.showable and code not in _read_as()}


class ClientListing(Listing):
    code, label, url_name = "clients", _("Clients"), "clients:list"

    def columns(self, user) -> list[ExportColumn]:
        read = [
            ExportColumn(code, column.title, _FOR_IMPORT, column.secret, _WIDE.get(code, 20))
            for code, column in READ.items()
        ]
        shown = [ExportColumn(code, column.label, _FOR_READING) for code, column in _shown_only().items()]
        return read + shown

    def chosen_first(self, query: QueryDict) -> list[str]:
        return [code for code, column in READ.items() if not column.secret]

    def presets(self, user, query: QueryDict):
        shown = [_read_as().get(column.code, column.code) for column in ClientListForm(query).columns]
        return (
            (_("To read again: all an import knows"), self.chosen_first(query)),
            (_("As the list shows them"), shown),
        )

    def rows(self, user, query: QueryDict):
        clients = ClientListForm(query).narrow(visible_clients(user), user, clock.today(user))
        return clients.defer("search", "background", "family_notes")

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ClientListForm(query).order

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return list(_filter_words(user, query))

    def values(self, user, columns: Sequence[str], rows: Sequence) -> Iterator[list[Any]]:
        cells = _Cells(user, columns, rows)
        return ([cell(client) for cell in cells.all] for client in rows)

    def siblings(self) -> Sequence[str]:
        return ("clients", "people")


def _filter_words(user, query: QueryDict) -> Iterator[str]:
    form = ClientListForm(query)
    words = words_for((), form.conditions, [], today=clock.today(user))
    yield from list_words(form, words)
    if form.words:
        yield _("Search: %(words)s") % {"words": form.words}


class _Cells:
    """What stands in each column, for a number of rows: names and labels are looked up once for all of them."""

    def __init__(self, user, columns: Sequence[str], rows: Sequence):
        self.user, self.rows = user, rows
        self.reveals = may(user, "sealed.reveal")
        shown = _shown_only()
        listed = [shown[code] for code in columns if code in shown]
        listed += [COLUMNS[code] for code in columns if code in FIRM_WORDS]
        if KIND_OF.keys() & set(columns):
            attach_further(rows)
        self.words = words_for(listed, (), rows, today=clock.today(user))
        self.all = [self._read(code) if code in READ else _shown(shown[code], self.words) for code in columns]

    def _read(self, code: str) -> Callable[[object], Any]:
        column = READ[code]
        if code in KIND_OF:
            render = column.widget.render
            return lambda client: render(held_by(client, code))
        if code == "tags":
            names = self.words.tags
            return lambda client: joined(names[pk] for pk in client.tag_ids if pk in names)
        if code == "department":
            return lambda client: self.words.departments.get(client.department_id, "")
        if code == "responsible":
            return lambda client: self.lawyers.get(client.responsible_id, "")
        if column.secret and not self.reveals:
            return lambda client: MASK if client.__dict__.get(code) else ""
        render, name = column.widget.render, column.attribute or code
        return lambda client: render(getattr(client, name))

    @cached_property
    def lawyers(self) -> dict:
        return unmistakable_names({client.responsible_id for client in self.rows})


def _shown(column: Column, words) -> Callable[[object], Any]:
    plain = plain_of(column, words)
    if column.kind != Kind.MOMENT:
        return plain

    def without_zone(client):
        moment = plain(client)
        return moment.replace(tzinfo=None, microsecond=0) if moment else None

    return without_zone


class PeopleListing(Listing):
    """The people at the clients of a list, one row for each place."""

    code, label, url_name = "people", _("People at clients"), "clients:list"
    formats = ("xlsx", "csv", *CARDS)

    _SHOWN = {
        "language": (_("Language"), lambda place: place.person.get_language_display()),
        "preferred_channel": (
            _("Preferred channel"),
            lambda place: place.person.get_preferred_channel_display(),
        ),
        "preferred_hours": (_("Preferred hours"), lambda place: place.person.preferred_hours),
        "do_not_greet": (
            _("Do not send greetings"),
            lambda place: _("yes") if place.person.do_not_greet else "",
        ),
    }

    def columns(self, user) -> list[ExportColumn]:
        read = [
            ExportColumn(code, column.title, _FOR_IMPORT, column.secret, _WIDE.get(code, 20))
            for code, column in PEOPLE_READ.items()
        ]
        return read + [ExportColumn(code, label, _FOR_READING) for code, (label, _of) in self._SHOWN.items()]

    def chosen_first(self, query: QueryDict) -> list[str]:
        return [code for code, column in PEOPLE_READ.items() if not column.secret]

    def rows(self, user, query: QueryDict):
        places = visible_places(user).present().select_related("person", "client")
        form = ClientListForm(query)
        if form.is_narrowed:
            clients = form.narrow(visible_clients(user), user, clock.today(user), ranked=False)
            places = places.filter(client__in=clients.order_by().values("pk"))
        return places.defer("person__search", "client__search", "client__note", "client__background")

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("client_id", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return list(_filter_words(user, query))

    def values(self, user, columns: Sequence[str], rows: Sequence) -> Iterator[list[Any]]:
        if KIND_OF.keys() & set(columns):
            share_further(rows)
        cells = [self._cell(user, code) for code in columns]
        return ([cell(place) for cell in cells] for place in rows)

    def _cell(self, user, code: str) -> Callable[[Any], Any]:
        if code in self._SHOWN:
            return self._SHOWN[code][1]
        if code == "client":
            return lambda place: place.client.name
        if code == "client_number":
            return _number_of if may(user, "sealed.reveal") else _masked_number_of
        if code == "reference":
            return lambda place: str(place.pk)
        render = PEOPLE_READ[code].widget.render
        return lambda place: render(value_at(place, code))

    def cards(self, user, rows: Sequence, version: str) -> Iterator[str]:
        return cards_of(rows, visible_person_facts(user), version)

    def siblings(self) -> Sequence[str]:
        return ("clients", "people")


def _number_of(place) -> str:
    return place.client.registration_number or place.client.identity_number


def _masked_number_of(place) -> str:
    """The number is there, as its index says: nothing is unsealed for those who may not see it."""
    return MASK if place.client.registration_index or place.client.identity_index else ""


register(ClientListing())
register(PeopleListing())
