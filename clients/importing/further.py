"""Further phones, mail addresses and addresses of a row: what is known of somebody besides the main one.

A value in a row is a list of [value, label]. An import adds what is not on record yet and never takes any away.
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from clients.enums import FactKind
from clients.importing.widgets import RuleWidget
from clients.rules import normalise
from clients.rules.cells import as_text
from clients.rules.facts import parted, written
from clients.rules.in_a_cell import emails_in, phones_in
from clients.rules.reading import Reading

KIND_OF = {
    "other_phones": FactKind.PHONE,
    "other_emails": FactKind.EMAIL,
    "other_addresses": FactKind.ADDRESS,
}  # {column: kind of fact}


FURTHER_OF = {"phone": "other_phones", "email": "other_emails"}


def others_in(changes: Iterable) -> list[str]:
    """The further entries of a cell that holds more than its column does."""
    found = next((change.params["others"] for change in changes if change.code == "others_left_out"), "")
    return found.split(" / ") if found else []


def beside(held: list | None, said):
    """What a column says, behind what another cell of the row has said for it."""
    there = {value for value, _label in held or ()}
    return [*held, *(one for one in said if one[0] not in there)] if held else said


class Several(RuleWidget):
    """Several values in one cell, each perhaps with what it is for in brackets: "021 6234 0001 (office)"."""

    says = _("One or more with semicolons between, each perhaps with what it is for in brackets behind it.")

    def __init__(
        self,
        read_one: Callable[..., Reading],
        apart: Callable[[str], list[str]],
        *,
        between: str = "; ",
        **options,
    ):
        super().__init__(self._read_all)
        self.read_one, self.its_options = read_one, options
        self.apart, self.between = apart, between

    def _read_all(self, raw) -> Reading:
        found: dict[str, str] = {}
        for part in self.apart(as_text(raw)):
            text, label = parted(part)
            reading = self.read_one(text, **self.its_options)
            if reading.problem:
                return Reading([], (), reading.problem)
            if reading.value:
                found.setdefault(reading.value, label)
        return Reading([[value, label] for value, label in found.items()])

    def render(self, value, obj=None, **kwargs):
        return self.between.join(written(*one) for one in value or ())


def several_phones() -> Several:
    return Several(normalise.read_phone, phones_in)


def several_emails() -> Several:
    return Several(normalise.read_email, emails_in)


def several_addresses() -> Several:
    return Several(
        normalise.read_text, str.splitlines, between="\n", longest=300
    )  # an address may hold a semicolon


# -- beside what is on record ------------------------------------------------------------------------------------


def held_by(owner, name: str) -> list[list[str]]:
    """What is on record of this kind besides the main value. `owner.further`: the facts, read for all owners at once."""
    kind = KIND_OF[name]
    return [[fact.value, fact.label] for fact in owner.further if fact.kind == kind and fact.until is None]


def missing_from(owner, name: str, said: Iterable, main: str) -> list[list[str]]:
    """What a row says and nobody has on record, now or once. `main`: what the main value is or will be."""
    kind = KIND_OF[name]
    known = {fact.value for fact in owner.further if fact.kind == kind} | {main}
    return [list(one) for one in said if one[0] not in known]


def names_in(values: Mapping) -> list[str]:
    return [name for name in KIND_OF if name in values]
