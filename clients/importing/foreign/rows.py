"""Address book entries as rows of a client list: who the client is, which phone is the main one, what goes into the note.

A person with a company is a contact of that company, which is the client; all people of one company make one row.
A person without one is a client themselves. Nothing an entry says is dropped: what has no column stands in the note.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.enums import ClientKind, Sex
from clients.importing.foreign.cards import AT_HOME, MOBILE, NOT_SPOKEN, OF_COMPANY, PERSON, Card, plain_label
from clients.rules.kinds import likely_kind
from clients.rules.labels import SEXES
from clients.rules.names import normal_form
from clients.rules.normalise import read_email, read_phone
from lawcrm.firm.spreadsheets.reader import EMPTY, Cell, Row
from lawcrm.firm.words import labelled, listed

SUPPOSED = "supposed"  # the kind of a cell that the file does not hold
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

    def tell(self, label, text: str) -> None:
        line = labelled(label, text) if label else text
        if text and line not in self.note:
            self.note.append(line)


@dataclass
class Translation:
    """Rows of a client list with the fields of their columns.

    `people`: how many stand in the note of a company. `left_out`: headings over values that nothing was made of.
    """

    fields: list[str]
    rows: list[Row]
    people: int = 0
    program: str = ""
    left_out: list[str] = field(default_factory=list)


def translate(cards: Iterable[Card], *, columns: Iterable[str], knows: Callable[[str], bool]) -> Translation:
    """`columns`: the fields a list can have, in their order. `knows`: whether a colleague is called so."""
    cards = list(cards)
    turn = _day_turner(cards)
    entries: dict[object, Entry] = {}
    people = 0
    for card in cards:
        if birthday := card.birthday:
            card.texts["birthday"] = turn(birthday)
        if card.owner and not knows(card.owner):
            card.texts["former_owner"] = card.texts.pop("owner")
        if not card.organisation or (card.kind and card.kind not in _KNOWN_KINDS):
            entries[card.number] = _person(card)
            continue
        key = normal_form(card.organisation) or card.number
        entry = entries.setdefault(key, Entry(card.number))
        if card.is_organisation:
            _describe_organisation(entry, card)
        else:
            _add_contact(entry, card)
            people += 1
    return _laid_out(list(entries.values()), list(columns), people)


_KNOWN_KINDS = (PERSON, "organisation")


def _laid_out(entries: list[Entry], columns: list[str], people: int) -> Translation:
    for entry in entries:
        if entry.note:
            entry.values["note"] = Cell("\n".join(entry.note), "text")
    used = {name for entry in entries for name in entry.values} | {"name", "kind"}
    fields = [name for name in columns if name in used]
    rows = [
        Row(entry.number, tuple(entry.values.get(name, EMPTY) for name in fields))
        for entry in sorted(entries, key=lambda entry: entry.number)
    ]
    return Translation(fields, rows, people)


# -- who ----------------------------------------------------------------------------------------------------


def _person(card: Card) -> Entry:
    entry = Entry(card.number)
    entry.say("name", card.person_name)
    entry.say("latin_name", card.sound)
    if card.kind in _KNOWN_KINDS:
        entry.values["kind"] = Cell(_written(ClientKind.PERSON), "text")
    elif card.kind:
        entry.values["kind"] = Cell(card.kind, "text")  # a group, a place: refused by that word
    else:
        entry.values["kind"] = Cell(_written(ClientKind.PERSON), SUPPOSED)
    entry.say("sex", _sex(card))
    entry.say("birth_date", card.birthday)
    entry.say("wechat", card.wechat)
    entry.say("identity_number", card.identity_number)
    _say_reach(entry, card)
    _say_rest(entry, card)
    return entry


def _describe_organisation(entry: Entry, card: Card) -> None:
    _say_company(entry, card)
    _say_reach(entry, card)
    _say_rest(entry, card)


def _say_company(entry: Entry, card: Card) -> None:
    entry.say("name", card.organisation)
    entry.values.setdefault("kind", Cell(_written(likely_kind(card.organisation)), SUPPOSED))


def _add_contact(entry: Entry, card: Card) -> None:
    """A person at the company: who they are and how to reach them, on one line of its note."""
    _say_company(entry, card)
    phones = [(label, text) for label, text in _by_use(card) if not OF_COMPANY.search(label)]
    about = [card.person_name, card.sound, ", ".join(filter(None, (card.department, card.position)))]
    about += [f"{plain_label(label)} {text}" if NOT_SPOKEN.search(label) else text for label, text in phones]
    about += [text for _label, text in card.entries("emails")]
    about += [card.wechat, card.birthday]
    entry.tell(_("Contact person"), listed(filter(None, about)))
    for label, text in _by_use(card):
        if OF_COMPANY.search(label):
            _say_phone(entry, label, text)
    for label, text in phones:
        if read_phone(text).value and not NOT_SPOKEN.search(label):
            entry.say("phone", text)
    for _label, text in card.entries("emails"):
        if read_email(text).value:
            entry.say("email", text)
    for label, text in card.addresses():
        if AT_HOME.search(label):
            entry.tell(_told(label, _("Address")), text)
        else:
            _say_address(entry, label, text)
    _say_rest(entry, card)


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
    for label, text in card.entries("emails"):
        if "email" not in entry.values and read_email(text).value:
            entry.say("email", text)
        else:
            entry.tell(_told(label, _("Email")), text)
    for label, text in card.addresses():
        _say_address(entry, label, text)


def _say_phone(entry: Entry, label: str, text: str) -> None:
    reading = read_phone(text)
    if "phone" not in entry.values and reading.value and not reading.problem and not NOT_SPOKEN.search(label):
        entry.say("phone", text)
    elif entry.values.get("phone", EMPTY).text != text:
        entry.tell(_told(label, _("Phone")), text)


def _say_address(entry: Entry, label: str, text: str) -> None:
    if "address" not in entry.values and len(text) <= 300:
        entry.say("address", text)
    elif entry.values.get("address", EMPTY).text != text:
        entry.tell(_told(label, _("Address")), text)


def _told(label: str, otherwise: str) -> str:
    """What the file calls a number, where that says more than that it is one."""
    plain = plain_label(label)
    if not plain or re.fullmatch(r"other|自定义|其他", plain, re.I):
        return otherwise
    if re.search(otherwise, plain, re.I) or re.search(
        "phone|电话|mail|邮|fax|传真|address|地址", plain, re.I
    ):
        return plain
    return f"{otherwise} ({plain})"


# -- the rest -----------------------------------------------------------------------------------------------


def _say_rest(entry: Entry, card: Card) -> None:
    entry.say("industry", card.industry)
    entry.say("responsible", card.owner)
    entry.say("referred_by", card.referred_by)
    entry.tell(_("Nickname"), card.nickname)
    if not card.organisation:
        entry.tell(_("Department"), card.department)
        entry.tell(pgettext("of a person", "Position"), card.position)
    for _label, text in card.entries("websites"):
        entry.tell(_("Website"), text)
    entry.tell(_("Looked after by"), card.former_owner)
    entry.tell("", card.note)


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
