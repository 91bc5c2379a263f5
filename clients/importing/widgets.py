"""How a cell becomes a value and a value a cell: django-import-export widgets over the rules of normalisation."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from import_export.widgets import Widget

from clients.rules import identity, normalise
from clients.rules.birth_dates import read_birth_date
from clients.rules.reading import Reading, refused
from lawcrm.firm.spreadsheets.reader import Cell
from lawcrm.firm.spreadsheets.writer import restore_text


def raw_value(cell: Cell):
    """The cell as the rules want it: numbers as numbers (their digits may be damaged), days as dates, else text."""
    if cell.kind == "number":
        try:
            return int(cell.text) if cell.text.lstrip("-").isdigit() else Decimal(cell.text)
        except InvalidOperation:
            return cell.text
    if cell.kind == "date":
        try:
            return datetime.fromisoformat(cell.text) if "T" in cell.text else date.fromisoformat(cell.text)
        except ValueError:
            return cell.text
    return restore_text(cell.text)


class RuleWidget(Widget):
    """Reads by one rule: `read(raw, **options) -> Reading`. `clean` gives the Reading, not the value alone."""

    def __init__(self, read: Callable[..., Reading], **options):
        super().__init__()
        self.read, self.options = read, options

    def clean(self, value: Cell, row=None, **kwargs) -> Reading:
        if value.kind == "formula":
            return refused("formula_error", error="=")
        return self.read(raw_value(value), **self.options)

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else value


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
    """A day up to today."""

    def __init__(self):
        super().__init__(normalise.read_date)


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


class OneOf(Remembering):
    """`words`: how the list is written; `choices`: the list itself, for its labels."""

    def __init__(self, words: normalise.Choices, choices):
        super().__init__(normalise.read_choice, choices=words)
        self.choices = choices

    def render(self, value, obj=None, **kwargs):
        return str(self.choices(value).label) if value else ""


class SomeOf(Remembering):
    """Several of a closed list."""

    def __init__(self, words: normalise.Choices, choices):
        super().__init__(_read_list, choices=words)
        self.choices = choices

    def render(self, value, obj=None, **kwargs):
        return "; ".join(str(self.choices(one).label) for one in value or ())


class Colleague(Remembering):
    """A person of the firm; the value is the person's key. `people`: PeopleByName."""

    people = None

    def __init__(self):
        super().__init__(self._read_person)

    def _read_person(self, raw) -> Reading:
        reading = normalise.read_text(raw)
        if reading.problem or not reading.value:
            return reading
        found = self.people.find(reading.value)
        if len(found) == 1:
            return Reading(next(iter(found)))
        return refused("person_ambiguous" if found else "person_unknown", name=reading.value[:80])

    def render(self, value, obj=None, **kwargs):
        return obj.responsible.display_name if obj is not None else ""


def _read_list(raw, choices: normalise.Choices) -> Reading:
    """As lists, which is what the columns of several values hold."""
    reading = normalise.read_choices(raw, choices)
    return Reading(list(reading.value), reading.changes, reading.problem)
