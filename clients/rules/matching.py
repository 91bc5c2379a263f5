"""Is this client one we know? The one matching function of forms, imports and merges.

Numbers of identity decide; a phone or mail address decides together with a name; a name alone decides for an
organisation, whose registered name is its own, and never for a person. What cannot be decided is asked.

| agree                                          | person             | organisation      |
|------------------------------------------------|--------------------|-------------------|
| identity or registration number                | same (unsure where the names have nothing in common) | same |
| ... are different                              | new; unsure where name and one thing more agree | new; unsure where the names are equal |
| phone or mail, and an equal or similar name    | same (unsure where birth dates differ) | same |
| phone or mail, and a name nearly equal         | unsure             | unsure            |
| phone and mail, but not the name               | unsure             | unsure            |
| equal name, and birth date or address          | same               | same              |
| equal name alone                               | unsure             | same              |
| name equal but for its legal form              | -                  | unsure            |
| less                                           | new                | new               |

A person and an organisation are never taken for the same without being asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from clients.rules.names import (
    has_han,
    may_be_read_otherwise,
    normal_form,
    readings_of,
    sort_key,
    split_legal_form,
)
from clients.rules.search_tokens import national_digits

NEW, SAME, UNSURE = "new", "same", "unsure"
EQUAL, SIMILAR, NEAR, DIFFERENT = 3, 2, 1, 0
_SURENESS = {SAME: 2, UNSURE: 1, NEW: 0}
_SHORTEST_ADDRESS = 6


@dataclass(frozen=True)
class Candidate:
    """A client as far as matching needs it. Numbers are compared as they stand: in clear or as blind indexes."""

    key: Any  # whatever names it to the caller: an id, a row number
    is_person: bool
    name: str
    latin_name: str = ""
    former_names: tuple[str, ...] = ()
    identity: str | bytes | None = None
    registration: str | bytes | None = None
    phone: str = ""
    email: str = ""
    birth_date: date | None = None
    address: str = ""

    @cached_property
    def all_names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.name, self.latin_name, *self.former_names) if name)

    @cached_property
    def normal_names(self) -> frozenset[str]:
        return frozenset(normal_form(name) for name in self.all_names) - {""}

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(split_legal_form(name)[0] for name in self.all_names) - {""}

    @cached_property
    def word_sets(self) -> frozenset[str]:
        """The words of its Latin names in any order: 'chen wei' is 'wei chen'."""
        return frozenset(" ".join(sorted(name.split())) for name in self.normal_names if name.isascii())

    @cached_property
    def readings(self) -> frozenset[str]:
        """Its Chinese names in pinyin, family name first and last, letters only."""
        found = set()
        for name in self.all_names:
            if has_han(name):
                for syllables in readings_of(name, is_person=self.is_person):
                    found.add("".join(syllables))
                    found.update("".join(syllables[i:] + syllables[:i]) for i in (1, 2) if self.is_person)
        return frozenset(found)

    @cached_property
    def latin_letters(self) -> frozenset[str]:
        return frozenset(name.replace(" ", "") for name in self.normal_names if name.isascii())

    @cached_property
    def phone_digits(self) -> str:
        return national_digits(self.phone)

    @cached_property
    def place(self) -> str:
        return normal_form(self.address).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Comparison:
    kind: str  # new, same, unsure
    reasons: tuple[str, ...]  # what agrees, and what speaks against it
    other: Candidate


@dataclass(frozen=True, slots=True)
class Verdict:
    kind: str
    match: Candidate | None  # the known client, where it is the same
    reasons: tuple[str, ...]
    possible: tuple[Comparison, ...]  # everyone with something in common, surest first


def match(one: Candidate, known: Iterable[Candidate]) -> Verdict:
    """Judge one client against those that have something in common with it."""
    compared = sorted(
        (comparison for other in known if (comparison := compare(one, other)).reasons),
        key=lambda comparison: (-_SURENESS[comparison.kind], -len(comparison.reasons)),
    )
    same = [comparison for comparison in compared if comparison.kind == SAME]
    if len(same) > 1:
        return Verdict(UNSURE, None, ("several_match", *same[0].reasons), tuple(compared))
    if not compared:
        return Verdict(NEW, None, (), ())
    best = compared[0]
    return Verdict(best.kind, best.other if best.kind == SAME else None, best.reasons, tuple(compared))


def compare(one: Candidate, other: Candidate) -> Comparison:
    """Two clients: the same, perhaps, or not; with the reasons."""
    names = name_agreement(one, other)
    for_it, against = _agreements(one, other, names), _conflicts(one, other, names)
    kind = _kind(one.is_person or other.is_person, names, set(for_it), set(against))
    if kind == SAME and "kind_differs" in against:
        kind = UNSURE
    return Comparison(kind, (*for_it, *against) if for_it else (), other)


def _agreements(one: Candidate, other: Candidate, names: int) -> list[str]:
    name = {EQUAL: "name", SIMILAR: "similar_name", NEAR: "near_name"}.get(names)
    found = {
        "identity_number": one.identity and one.identity == other.identity,
        "registration_number": one.registration and one.registration == other.registration,
        "phone": one.phone_digits and one.phone_digits == other.phone_digits,
        "email": one.email and one.email.casefold() == other.email.casefold(),
        "birth_date": name and one.birth_date and one.birth_date == other.birth_date,
        "address": name and len(one.place) >= _SHORTEST_ADDRESS and one.place == other.place,
    }
    return [*([name] if name else []), *(reason for reason, agrees in found.items() if agrees)]


def _conflicts(one: Candidate, other: Candidate, names: int) -> list[str]:
    found = {
        "name_differs": names == DIFFERENT,
        "identity_differs": one.identity and other.identity and one.identity != other.identity,
        "registration_differs": one.registration
        and other.registration
        and one.registration != other.registration,
        "birth_date_differs": one.birth_date and other.birth_date and one.birth_date != other.birth_date,
        "kind_differs": one.is_person != other.is_person,
    }
    return [reason for reason, differs in found.items() if differs]


def _kind(a_person: bool, names: int, for_it: set[str], against: set[str]) -> str:
    """The table above, from the top."""
    contact = for_it & {"phone", "email"}
    detail = for_it & {"birth_date", "address"}
    if for_it & {"identity_number", "registration_number"}:
        return UNSURE if a_person and names == DIFFERENT else SAME
    if against & {"identity_differs", "registration_differs"}:
        agrees = names >= SIMILAR and (contact or detail) if a_person else names == EQUAL
        return UNSURE if agrees else NEW
    if contact:
        return _by_contact(names, contact, against)
    if names == EQUAL:
        return _by_name(a_person, detail, against)
    return UNSURE if names == SIMILAR and (detail or not a_person) else NEW


def _by_contact(names: int, contact: set[str], against: set[str]) -> str:
    if names >= SIMILAR:
        return UNSURE if "birth_date_differs" in against else SAME
    return UNSURE if names == NEAR or len(contact) == 2 else NEW


def _by_name(a_person: bool, detail: set[str], against: set[str]) -> str:
    if "birth_date_differs" in against:
        return UNSURE if detail else NEW
    return SAME if detail or not a_person else UNSURE


# -- names --------------------------------------------------------------------------------------------------


def name_agreement(one: Candidate, other: Candidate) -> int:
    """EQUAL: one of their names is the same. SIMILAR: it is, but for word order, script or legal form.
    NEAR: a letter differs, the sound is the same, or one holds the other. DIFFERENT: none of these."""
    if one.normal_names & other.normal_names:
        return EQUAL
    if _same_but_for_form(one, other):
        return SIMILAR
    return NEAR if _nearly_same(one, other) else DIFFERENT


def _same_but_for_form(one: Candidate, other: Candidate) -> bool:
    if one.word_sets & other.word_sets:
        return True
    if one.readings & other.latin_letters or one.latin_letters & other.readings:
        return True
    return not (one.is_person and other.is_person) and bool(one.stems & other.stems)


def _nearly_same(one: Candidate, other: Candidate) -> bool:
    if one.readings & other.readings:
        return True
    pairs = [(a, b) for a in one.normal_names for b in other.normal_names]
    if any(_one_letter_apart(a, b) for a, b in pairs):
        return True
    if one.is_person or other.is_person:
        return False
    return any(_holds(a, b) or _holds(b, a) for a in one.stems for b in other.stems)


def _one_letter_apart(one: str, other: str) -> bool:
    """One letter more, less, or different, in names long enough for that to be a slip."""
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < (3 if has_han(one) else 5):
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest_one, rest_other = one[start:], other[start:]
    return rest_one[1:] == rest_other[1:] or rest_one[1:] == rest_other or rest_one == rest_other[1:]


def _holds(longer: str, shorter: str) -> bool:
    return len(shorter) >= (2 if has_han(shorter) else 4) and shorter in longer


# -- finding those worth comparing --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LookupKeys:
    """What to fetch known clients by, each with an index of its own, before comparing.

    Equal normal forms give equal sort keys, so the list's index by name serves here too (not for Latin and former
    names, which it does not hold).
    """

    phones: frozenset[str]
    emails: frozenset[str]
    sort_keys: frozenset[str]
    identity: str | bytes | None
    registration: str | bytes | None


def lookup_keys(one: Candidate) -> LookupKeys:
    return LookupKeys(
        phones=frozenset({one.phone} - {""}),
        emails=frozenset({one.email.casefold()} - {""}),
        sort_keys=frozenset(_sort_keys(one)),
        identity=one.identity or None,
        registration=one.registration or None,
    )


def _sort_keys(one: Candidate) -> Iterable[str]:
    """As its own kind would be sorted; as the other kind too where that may differ (曾, 单 are read as surnames)."""
    for name in one.all_names:
        yield sort_key(name, is_person=one.is_person)
        if may_be_read_otherwise(name):
            yield sort_key(name, is_person=not one.is_person)
