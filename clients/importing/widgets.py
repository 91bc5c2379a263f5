"""How a cell becomes a value and a value a cell: django-import-export widgets over the rules of normalisation."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from import_export.widgets import Widget

from clients.importing.foreign.rows import SUPPOSED
from clients.importing.plan import LEAVE_OUT, NEW
from clients.queries.firm_words import departments_by_name, tag_key, tags_by_name
from clients.rules import identity, normalise
from clients.rules.birth_dates import read_birth_date
from clients.rules.cells import as_text
from clients.rules.names import normal_form
from clients.rules.reading import Change, Reading, refused
from clients.rules.several import joined, split
from lawcrm.firm.sealed import MASK
from lawcrm.firm.spreadsheets.reader import Cell
from lawcrm.firm.spreadsheets.writer import restore_text

# What a file calls a number may be ², sNaN or have 5,000 digits: then it is a text like any other.
_NUMBER = re.compile(r"-?\d{1,400}(?:\.\d{0,400})?(?:[eE][+-]?\d{1,3})?", re.ASCII)


def raw_value(cell: Cell):
    """The cell as the rules want it: numbers as numbers (their digits may be damaged), days as dates, else text."""
    if cell.kind == "number" and _NUMBER.fullmatch(cell.text):
        return int(cell.text) if cell.text.lstrip("-").isdigit() else Decimal(cell.text)
    if cell.kind == "date":
        try:
            return datetime.fromisoformat(cell.text) if "T" in cell.text else date.fromisoformat(cell.text)
        except ValueError:
            return cell.text
    return restore_text(cell.text)


ABOVE = "above"  # the kind of a cell that is empty in the file and says what the one above it says


class RuleWidget(Widget):
    """Reads by one rule: `read(raw, **options) -> Reading`. `clean` gives the Reading, not the value alone."""

    def __init__(self, read: Callable[..., Reading], **options):
        super().__init__()
        self.read, self.options = read, options

    def clean(self, value: Cell, row=None, **kwargs) -> Reading:
        if value.kind == "formula":
            return refused("formula_error", error="=")
        if (
            value.text == MASK
        ):  # of our own export to somebody who may not see it: says nothing of what is there
            return Reading("")
        reading = self.read(raw_value(value), **self.options)
        if value.kind == SUPPOSED and not reading.problem:
            return Reading(reading.value, (*reading.changes, Change("supposed")))
        if value.kind == ABOVE and not reading.problem:
            return Reading(reading.value, (*reading.changes, Change("as_above")))
        return reading

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value


class Reference(RuleWidget):
    """The key of a client, as our own exports carry it; what is none says nothing."""

    def __init__(self):
        super().__init__(self._read_key)

    @staticmethod
    def _read_key(raw) -> Reading:
        try:
            return Reading(str(UUID(as_text(raw).strip())))
        except ValueError:
            return Reading("")

    def render(self, value, obj=None, **kwargs):
        return str(value) if value else ""


class NumberOfPerson(RuleWidget):
    """`today`: an identity number does not tell of a birth to come."""

    def __init__(self):
        super().__init__(identity.read_identity_number, from_spreadsheet=True)


class BirthDate(RuleWidget):
    """A birthday up to today, whole or in part, solar or lunar; written out in its stored form."""

    def __init__(self):
        super().__init__(read_birth_date)

    def render(self, value, obj=None, **kwargs):
        return str(value) if value else ""


class PastDay(RuleWidget):
    """A day up to today. `month_will_do`: its month is enough."""

    def __init__(self, *, month_will_do: bool = False):
        super().__init__(normalise.read_date, month_will_do=month_will_do)


class Day(RuleWidget):
    """Any day. `month_will_do`: its month is enough."""

    def __init__(self, *, month_will_do: bool = False):
        super().__init__(normalise.read_date, month_will_do=month_will_do)


class SomeTexts(RuleWidget):
    """Several short texts in one cell, with semicolons or line ends between (clients/rules/several.py)."""

    def __init__(self, longest: int):
        super().__init__(self._read_texts, longest=longest)

    def _read_texts(self, raw, *, longest: int) -> Reading:
        readings = [normalise.read_text(part, longest=longest) for part, _quoted in split(as_text(raw))]
        problem = next((reading.problem for reading in readings if reading.problem), None)
        return Reading([reading.value for reading in readings if reading.value], (), problem)

    def render(self, value, obj=None, **kwargs):
        return joined(value or ())


class Remembering(RuleWidget):
    """Columns with few different values: each is read once."""

    def __init__(self, read, **options):
        super().__init__(read, **options)
        self._known: dict[Cell, Reading] = {}

    def clean(self, value: Cell, row=None, **kwargs) -> Reading:
        reading = self._known.get(value)
        if reading is None:
            reading = super().clean(value, row, **kwargs)
            if len(self._known) < 1_000:
                self._known[value] = reading
        return reading


class OfList(Remembering):
    """Of a closed list. `words`: how the list is written; `choices`: the list itself, for its labels."""

    def __init__(self, read, words: normalise.Choices, choices):
        super().__init__(read, choices=words)
        self.choices = choices
        self.told: Mapping[str, str] = {}

    def learn(self, told: Mapping[str, str]) -> None:
        """What the importer says of words that are not in our list: folded word -> code, or LEAVE_OUT."""
        ours = self.options["choices"]
        self.told, self.options = told, {"choices": normalise.Choices(ours.codes, {**ours.by_word, **told})}

    def _told_of(self, raw) -> tuple[Change, ...]:
        if not self.told:
            return ()
        words = normalise.split_choices(as_text(raw))
        return tuple(Change("as_told", {"word": word}) for word in words if normal_form(word) in self.told)


class OneOf(OfList):
    """One of a closed list."""

    def __init__(self, words: normalise.Choices, choices):
        super().__init__(self._read_one, words, choices)

    def _read_one(self, raw, choices: normalise.Choices) -> Reading:
        reading = normalise.read_choice(raw, choices)
        if reading.problem or not self.told:
            return reading
        value = "" if reading.value == LEAVE_OUT else reading.value
        return Reading(value, (*reading.changes, *self._told_of(raw)))

    def render(self, value, obj=None, **kwargs):
        return str(self.choices(value).label) if value else ""


class SomeOf(OfList):
    """Several of a closed list; as lists, which is what their columns hold.

    `in_order`: in the order of the list, as they are stored; else in that of the file.
    """

    def __init__(self, words: normalise.Choices, choices, *, in_order: bool = False):
        super().__init__(self._read_several, words, choices)
        self.order = choices.values if in_order else None

    def _read_several(self, raw, choices: normalise.Choices) -> Reading:
        reading = normalise.read_choices(raw, choices)
        codes = [code for code in reading.value if code != LEAVE_OUT]
        if self.order:
            codes.sort(key=self.order.index)
        return Reading(codes, (*reading.changes, *self._told_of(raw)), reading.problem)

    def render(self, value, obj=None, **kwargs):
        return "; ".join(str(self.choices(one).label) for one in value or ())


class DepartmentOfFirm(Remembering):
    """A department by its name in either language; the value is its key."""

    says = _("A department of the firm, by its name.")
    told: Mapping[str, str] = {}

    def __init__(self):
        super().__init__(self._read_department)
        self.known: Mapping[str, str] | None = None  # asked for once it is needed

    def learn(self, told: Mapping[str, str]) -> None:
        self.told = told

    def _read_department(self, raw) -> Reading:
        reading = normalise.read_text(raw)
        if reading.problem or not reading.value:
            return reading
        if self.known is None:
            self.known = departments_by_name()
        word = normal_form(reading.value)
        if meant := self.told.get(word):
            changes = (Change("as_told", {"word": reading.value[:80]}),)
            return Reading("" if meant == LEAVE_OUT else meant, changes)
        if word in self.known:
            return Reading(self.known[word])
        return refused("department_unknown", word=reading.value[:80])


class TagsOfFirm(Remembering):
    """Several tags in one cell. The value is their keys, sorted; one to be made stands there as "+" and its name."""

    says = _("One or more tags, with semicolons between. The preview offers to make those that are new.")
    told: Mapping[str, str] = {}

    def __init__(self):
        super().__init__(self._read_tags)
        self.known: Mapping[str, str] | None = None

    def learn(self, told: Mapping[str, str]) -> None:
        self.told = told

    def _read_tags(self, raw) -> Reading:
        if self.known is None:
            self.known = tags_by_name()
        found, changes, unknown = set(), [], []
        for word in self._words(as_text(raw)):
            if meant := self.told.get(normal_form(word)):
                changes.append(Change("as_told", {"word": word}))
                if meant != LEAVE_OUT:
                    found.add(f"{NEW}{word}" if meant == NEW else meant)
            elif key := self.known.get(tag_key(word)):
                found.add(key)
            else:
                unknown.append(word)
        if unknown:
            return refused("tag_unknown", words=unknown)
        return Reading(sorted(found), tuple(changes))

    def _words(self, text: str) -> list[str]:
        """Semicolons and line ends part tags; commas do where the whole is neither in quotes nor a tag itself."""
        words = []
        for part, quoted in split(text):
            whole = " ".join(part.split())
            is_one = quoted or tag_key(whole) in self.known
            words += [whole] if is_one else [" ".join(one.split()) for one in re.split(r"[,，、]", whole)]
        return list(dict.fromkeys(word[:40] for word in words if word))


class Colleague(Remembering):
    """A person of the firm; the value is the person's key. `people`: PeopleByName."""

    people = None
    told: Mapping[str, str] = {}

    def __init__(self):
        super().__init__(self._read_person)

    def learn(self, told: Mapping[str, str]) -> None:
        self.told = told

    def _read_person(self, raw) -> Reading:
        reading = normalise.read_text(raw)
        if reading.problem or not reading.value:
            return reading
        if meant := self.told.get(normal_form(reading.value)):
            changes = (Change("as_told", {"word": reading.value[:80]}),)
            return Reading("" if meant == LEAVE_OUT else meant, changes)
        found = self.people.find(reading.value)
        if len(found) == 1:
            return Reading(next(iter(found)))
        return refused("person_ambiguous" if found else "person_unknown", name=reading.value[:80])

    def render(self, value, obj=None, **kwargs):
        return obj.responsible.display_name if obj is not None else ""
