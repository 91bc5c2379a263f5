"""Address book entries as rows of a client list: who the client is, which phone is the main one, what goes into the note.

A person with a company is a person at that company, which is the client and has one row for all its people. A person
without one is a client themselves. Nothing an entry says is dropped: what has no column stands in the note.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from clients.enums import ClientKind, Sex
from clients.importing.foreign.cards import AT_HOME, MOBILE, NOT_SPOKEN, OF_COMPANY, PERSON, Card, plain_label
from clients.rules.facts import written
from clients.rules.kinds import likely_kind
from clients.rules.labels import SEXES
from clients.rules.names import normal_form
from clients.rules.normalise import read_email, read_phone, read_website
from lawcrm.firm.spreadsheets.reader import EMPTY, Cell, Row
from lawcrm.firm.words import labelled

LONGEST_POSITION, LONGEST_NOTE = 120, 300  # of a person at a client
SUPPOSED = "supposed"  # the kind of a cell that the file does not hold
_NO_LABEL = re.compile(r"other|自定义|其他|", re.I)  # says nothing of what a number is for
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass
class Entry:
    """A client to be: its values by field, and the lines of its note."""

    number: int
    values: dict[str, Cell] = field(default_factory=dict)
    note: list[str] = field(default_factory=list)

    def say(self, name: str, text: str) -> None:
        """The first to say something of a field says it; later ones stand in the note (see `tell`)."""
        if text and name not in self.values:
            self.values[name] = Cell(text, "text")

    def add(self, name: str, text: str, label: str) -> None:
        """A further phone or address, with what the file calls it."""
        plain = plain_label(label)
        line = written(text, "" if _NO_LABEL.fullmatch(plain) else plain)
        lines = self.values[name].text.splitlines() if name in self.values else []
        if line not in lines:  # a line each: an address may hold a semicolon
            self.values[name] = Cell("".join(f"{one}\n" for one in [*lines, line]), "text")

    def tell(self, label, text: str) -> None:
        line = labelled(label, text) if label else text
        if text and line not in self.note:
            self.note.append(line)


@dataclass
class Translation:
    """Rows of a client list with the fields of their columns, and of the list of people at those clients.

    `left_out`: headings over values that nothing was made of.
    """

    fields: list[str]
    rows: list[Row]
    people_fields: list[str] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    program: str = ""
    left_out: list[str] = field(default_factory=list)


def translate(cards: Iterable[Card], *, columns: Iterable[str], knows: Callable[[str], bool]) -> Translation:
    """`columns`: the fields a list can have, in their order. `knows`: whether a colleague is called so."""
    cards = list(cards)
    turn = _day_turner(cards)
    clients: dict[object, Entry] = {}
    people: list[Entry] = []
    for card in cards:
        if birthday := card.birthday:
            card.texts["birthday"] = turn(birthday)
        if card.owner and not knows(card.owner):
            card.texts["former_owner"] = card.texts.pop("owner")
        if not card.organisation or (card.kind and card.kind not in _KNOWN_KINDS):
            clients[card.number] = _person(card)
            continue
        key = normal_form(card.organisation) or card.number
        client = clients.setdefault(key, Entry(card.number))
        _say_company(client, card)
        if card.is_organisation:
            _say_reach(client, card)
            _say_rest(client, card)
        else:
            people.append(_person_at(client, card))
    found = Translation(*_laid_out(clients.values(), columns, always=("name", "kind")))
    found.people_fields, found.people = _laid_out(people, _OF_PEOPLE, always=())
    return found


_KNOWN_KINDS = (PERSON, "organisation")
_OF_PEOPLE = (
    "client",
    "name",
    "latin_name",
    "position",
    "sex",
    "phone",
    "email",
    "wechat",
    "other_phones",
    "other_emails",
    "other_addresses",
    "birth_date",
    "note",
)


def _laid_out(entries: Iterable[Entry], columns: Iterable[str], always: tuple) -> tuple[list[str], list[Row]]:
    entries = sorted(entries, key=lambda entry: entry.number)
    for entry in entries:
        if entry.note:
            entry.values["note"] = Cell("\n".join(entry.note), "text")
    used = {name for entry in entries for name in entry.values} | set(always)
    fields = [name for name in columns if name in used]
    rows = [Row(entry.number, tuple(entry.values.get(name, EMPTY) for name in fields)) for entry in entries]
    return fields, rows


# -- who ----------------------------------------------------------------------------------------------------


def _person(card: Card) -> Entry:
    entry = Entry(card.number)
    if card.kind in _KNOWN_KINDS:
        entry.values["kind"] = Cell(_written(ClientKind.PERSON), "text")
    elif card.kind:
        entry.values["kind"] = Cell(card.kind, "text")  # a group, a place: refused by that word
    else:
        entry.values["kind"] = Cell(_written(ClientKind.PERSON), SUPPOSED)
    _say_self(entry, card)
    entry.say("identity_number", card.identity_number)
    _say_reach(entry, card)
    entry.tell(_("Department"), card.department)
    entry.say("position", card.position[:LONGEST_POSITION])
    _say_rest(entry, card)
    return entry


def _say_self(entry: Entry, card: Card) -> None:
    entry.say("name", card.person_name)
    entry.say("latin_name", card.sound)
    entry.say("sex", _sex(card))
    entry.say("birth_date", card.birthday)
    entry.say("wechat", card.wechat)


def _say_company(entry: Entry, card: Card) -> None:
    entry.say("name", card.organisation)
    entry.values.setdefault("kind", Cell(_written(likely_kind(card.organisation)), SUPPOSED))
    for name, text in _of_client(card):
        entry.say(name, text)
    entry.tell(_("Looked after by"), card.former_owner)


def _person_at(client: Entry, card: Card) -> Entry:
    """A person at a company. What is the company's (its main phone, its address) goes there."""
    person = Entry(card.number)
    person.say("client", client.values["name"].text)
    _say_self(person, card)
    person.say("position", " ".join(filter(None, (card.department, card.position)))[:LONGEST_POSITION])
    for label, text in _by_use(card):
        _say_phone(client if OF_COMPANY.search(label) else person, label, text)
    _say_emails(person, card)
    for label, text in card.addresses():
        if AT_HOME.search(label) and len(text) <= 300:
            person.add("other_addresses", text, label)
        else:
            _say_address(client, label, text)
    person.tell(_("Nickname"), card.nickname)
    _say_websites(client, card)
    for line in " ".join(card.note.split()), card.identity_number:
        person.tell("", line)
    _keep_short(person, client)
    return person


def _keep_short(person: Entry, client: Entry) -> None:
    """The note on a person is one short line; what it cannot take stands in the note on the client, with the name."""
    kept: list[str] = []
    for line in person.note:
        if len("; ".join([*kept, line])) <= LONGEST_NOTE:
            kept.append(line)
        else:
            client.tell(person.values["name"].text, line)
    person.note = ["; ".join(kept)] if kept else []


def _written(kind: str) -> str:
    return str(ClientKind(kind).label)


def _sex(card: Card) -> str:
    for word in (card.sex, card.prefix.rstrip(".")):
        if code := SEXES.by_word.get(normal_form(word)):
            return str(Sex(code).label)
    return ""


# -- how to reach them --------------------------------------------------------------------------------------


def _by_use(card: Card) -> list[tuple[str, str]]:
    """Phones: what the person prefers, then the company's own and mobiles, then others; never a fax before a phone."""

    def rank(entry: tuple[str, str]) -> int:
        label = entry[0]
        if NOT_SPOKEN.search(label):
            return 3
        return (
            0
            if OF_COMPANY.search(label) or "pref" in label or "*" in label
            else 1
            if MOBILE.search(label)
            else 2
        )

    return sorted(card.entries("phones"), key=rank)


def _say_reach(entry: Entry, card: Card) -> None:
    for label, text in _by_use(card):
        _say_phone(entry, label, text)
    _say_emails(entry, card)
    for label, text in card.addresses():
        _say_address(entry, label, text)


def _say_emails(entry: Entry, card: Card) -> None:
    for label, text in card.entries("emails"):
        reading = read_email(text)
        if "email" not in entry.values and reading.value:
            entry.say("email", text)
        elif reading.value and not reading.problem:
            entry.add("other_emails", text, label)
        else:
            entry.tell(_told(label, _("Email")), text)


def _say_phone(entry: Entry, label: str, text: str) -> None:
    reading = read_phone(text)
    if "phone" not in entry.values and reading.value and not reading.problem and not NOT_SPOKEN.search(label):
        entry.say("phone", text)
    elif entry.values.get("phone", EMPTY).text == text:
        return
    elif reading.value and not reading.problem:
        entry.add("other_phones", text, label)
    else:
        entry.tell(_told(label, _("Phone")), text)


def _say_address(entry: Entry, label: str, text: str) -> None:
    if "address" not in entry.values and len(text) <= 300:
        entry.say("address", text)
    elif entry.values.get("address", EMPTY).text == text:
        return
    elif len(text) <= 300:
        entry.add("other_addresses", text, label)
    else:
        entry.tell(_told(label, _("Address")), text)


def _told(label: str, otherwise: str) -> str:
    """What the file calls a number, where that says more than that it is one."""
    plain = plain_label(label)
    if _NO_LABEL.fullmatch(plain):
        return otherwise
    if re.search(otherwise, plain, re.I) or re.search(
        "phone|电话|mail|邮|fax|传真|address|地址", plain, re.I
    ):
        return plain
    return f"{otherwise} ({plain})"


# -- the rest -----------------------------------------------------------------------------------------------


def _of_client(card: Card) -> tuple[tuple[str, str], ...]:
    return (("industry", card.industry), ("responsible", card.owner), ("referred_by", card.referred_by))


def _say_rest(entry: Entry, card: Card) -> None:
    for name, text in _of_client(card):
        entry.say(name, text)
    entry.tell(_("Nickname"), card.nickname)
    _say_websites(entry, card)
    entry.tell(_("Looked after by"), card.former_owner)
    entry.tell("", card.note)


def _say_websites(entry: Entry, card: Card) -> None:
    for _label, text in card.entries("websites"):
        if "website" not in entry.values and read_website(text).value:
            entry.say("website", text)
        elif entry.values.get("website", EMPTY).text != text:
            entry.tell(_("Website"), text)


def _day_turner(cards: list[Card]) -> Callable[[str], str]:
    """5/3/1980 is read in the one order in which all birthdays of the file make days; left as it is where both do."""
    pairs = [match.groups() for card in cards if (match := _SLASHED.fullmatch(card.birthday))]
    first_is_day = any(int(first) > 12 for first, _second, _year in pairs)
    second_is_day = any(int(second) > 12 for _first, second, _year in pairs)
    if first_is_day == second_is_day:
        return lambda text: text

    def turn(text: str) -> str:
        match = _SLASHED.fullmatch(text)
        if not match:
            return text
        first, second, year = match.groups()
        month, day = (second, first) if first_is_day else (first, second)
        return f"{year}-{int(month):02d}-{int(day):02d}"

    return turn
