"""Is this client one we know? The one matching function of forms, imports and merges.

Numbers of identity decide; a phone or mail address decides together with a name; a name alone decides for an
organisation, whose registered name is its own, and never for a person. What cannot be decided is asked.

| agree                                          | person             | organisation      |
|------------------------------------------------|--------------------|-------------------|
| identity or registration number                | same (unsure where the names have nothing in common) | same |
| ... are different                              | new; unsure where name and one thing more agree | new; unsure where the names are equal |
| phone or mail, and an equal or similar name    | same (unsure where birth dates differ) | same (unsure where the legal forms are of different countries) |
| phone or mail, and a name nearly equal         | unsure (new where birth dates differ too) | unsure |
| phone and mail, but not the name               | unsure             | unsure            |
| equal name, and birth date or address          | same               | same              |
| similar or near name, and birth date or address | unsure            | unsure            |
| equal name alone                               | unsure             | same where it is a registered or a long name, else unsure |
| name equal but for its legal form              | -                  | unsure            |
| a long name with one slip of the pen           | -                  | unsure            |
| less                                           | new                | new               |

A person and an organisation are never taken for the same without being asked. How well this does is measured on 5,000
labelled pairs (tests/clients/rules/test_matching_measured.py).
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
from clients.rules.scripts import simplified
from clients.rules.search_tokens import national_digits

NEW, SAME, UNSURE = "new", "same", "unsure"
EQUAL, SIMILAR, NEAR, DIFFERENT = 3, 2, 1, 0
_SURENESS = {SAME: 2, UNSURE: 1, NEW: 0}
_SHORTEST_ADDRESS = 6
_LONG_HAN_NAME = 6
_COUNTS = frozenset("0123456789一二三四五六七八九十甲乙丙丁东南西北前后上下左右")
_FORM_NAMES = {"limited": "ltd", "incorporated": "inc", "corporation": "inc", "corp": "inc"}


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
    def plain_names(self) -> frozenset[str]:
        """Its names in one script: 張偉 is 张伟."""
        return frozenset(simplified(name) for name in self.normal_names)

    @cached_property
    def split_names(self) -> frozenset[tuple[str, str]]:
        """Its names as an organisation's: without the legal form, and that form."""
        return frozenset(split_legal_form(simplified(name)) for name in self.all_names)

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(stem for stem, _form in self.split_names) - {""}

    @cached_property
    def forms(self) -> frozenset[str]:
        return frozenset(_form_class(form) for _stem, form in self.split_names) - {""}

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
    def han_names(self) -> frozenset[str]:
        return frozenset(name for name in self.plain_names if has_han(name))

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
    kind = _kind(one, other, names, set(for_it), set(against))
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
        "birth_date": name and _births(one, other) is True,
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
        "birth_date_differs": _births(one, other) is False,
        "form_differs": names == SIMILAR and _forms_differ(one, other),
        "kind_differs": one.is_person != other.is_person,
    }
    return [reason for reason, differs in found.items() if differs]


def _births(one: Candidate, other: Candidate) -> bool | None:
    """Whether the birth dates agree in all that both tell; None where that is not enough to say."""
    ours, theirs = one.birth_date, other.birth_date
    if not ours or not theirs or getattr(ours, "lunar", False) != getattr(theirs, "lunar", False):
        return None
    told = [(getattr(ours, part), getattr(theirs, part)) for part in ("year", "month", "day")]
    if any(a and b and a != b for a, b in told):
        return False
    return True if all(a and b for a, b in told[1:]) else None


def _forms_differ(one: Candidate, other: Candidate) -> bool:
    """Acme Ltd and Acme GmbH are two companies of a group; a company that goes public stays the same."""
    return bool(one.forms and other.forms) and not one.forms & other.forms


def _kind(one: Candidate, other: Candidate, names: int, for_it: set[str], against: set[str]) -> str:
    """The table above, from the top."""
    a_person = one.is_person or other.is_person
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
        return _by_name(one, other, detail, against)
    if names in (SIMILAR, NEAR) and detail:
        return NEW if "birth_date_differs" in against else UNSURE
    if a_person:
        return NEW
    return UNSURE if names == SIMILAR or (names == NEAR and _a_long_slip(one, other)) else NEW


def _by_contact(names: int, contact: set[str], against: set[str]) -> str:
    if names >= SIMILAR:
        return UNSURE if against & {"birth_date_differs", "form_differs"} else SAME
    if names == NEAR:
        return NEW if "birth_date_differs" in against and len(contact) < 2 else UNSURE
    return UNSURE if len(contact) == 2 else NEW


def _by_name(one: Candidate, other: Candidate, detail: set[str], against: set[str]) -> str:
    if "birth_date_differs" in against:
        return UNSURE if detail else NEW
    if detail:
        return SAME
    if one.is_person or other.is_person:
        return UNSURE
    return SAME if _is_its_own(one) and _is_its_own(other) else UNSURE


def _is_its_own(one: Candidate) -> bool:
    """A registered name, or a long one, is borne by one organisation; there are many 阳光幼儿园."""
    return any(
        form or (len(stem) >= _LONG_HAN_NAME if has_han(stem) else stem.count(" ") >= 3)
        for stem, form in one.split_names
    )


# -- names --------------------------------------------------------------------------------------------------


def name_agreement(one: Candidate, other: Candidate) -> int:
    """EQUAL: one of their names is the same. SIMILAR: it is, but for word order, script or legal form.
    NEAR: a letter differs, the sound is the same, or one holds the other. DIFFERENT: none of these."""
    if one.han_names and other.han_names and not _share_characters(one, other):
        return NEAR if _sound_the_same(one, other) or _nearly_same(one, other) else DIFFERENT
    if one.normal_names & other.normal_names:
        return EQUAL
    if _same_but_for_form(one, other):
        return SIMILAR
    return NEAR if _nearly_same(one, other) else DIFFERENT


def _share_characters(one: Candidate, other: Candidate) -> bool:
    """Where both are known in Chinese, the characters decide: 张伟 and 章薇 are both Zhang Wei to their bank."""
    if one.han_names & other.han_names:
        return True
    return not (one.is_person and other.is_person) and bool(
        {stem for stem in one.stems if has_han(stem)} & {stem for stem in other.stems if has_han(stem)}
    )


def _sound_the_same(one: Candidate, other: Candidate) -> bool:
    ours, theirs = (who.latin_letters | who.readings for who in (one, other))
    return bool(ours & theirs)


def _same_but_for_form(one: Candidate, other: Candidate) -> bool:
    if one.plain_names & other.plain_names or one.word_sets & other.word_sets:
        return True
    if one.readings & other.latin_letters or one.latin_letters & other.readings:
        return True
    return not (one.is_person and other.is_person) and bool(one.stems & other.stems)


def _nearly_same(one: Candidate, other: Candidate) -> bool:
    if one.readings & other.readings:
        return True
    pairs = [(a, b) for a in one.plain_names for b in other.plain_names]
    if one.is_person or other.is_person:
        return any(_a_slip(a, b) for a, b in pairs)
    if any(_a_slip(a, b) and not _numbered_apart(a, b) for a, b in pairs):
        return True
    pairs = [(a, b) for a in one.stems for b in other.stems]
    return any(_holds(a, b) or _holds(b, a) for a, b in pairs)


def _a_slip(one: str, other: str) -> bool:
    """One letter more, less, other, or two changed about, in names long enough for that to be a slip."""
    if abs(len(one) - len(other)) > 1 or max(len(one), len(other)) < (3 if has_han(one) else 5):
        return False
    start = _first_difference(one, other)
    rest_one, rest_other = one[start:], other[start:]
    return (
        rest_one[1:] == rest_other[1:]
        or rest_one[1:] == rest_other
        or rest_one == rest_other[1:]
        or (rest_one[:2] == rest_other[:2][::-1] and rest_one[2:] == rest_other[2:])
    )


def _numbered_apart(one: str, other: str) -> bool:
    """第一 and 第二, 东 and 西 are two hospitals."""
    start = _first_difference(one, other)
    return _COUNTS.issuperset(one[start : start + 1] + other[start : start + 1])


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def _a_long_slip(one: Candidate, other: Candidate) -> bool:
    """One slip in a long name of an organisation, its sound or a character: hardly another's."""
    longest = [
        (a, b)
        for a in one.stems
        for b in other.stems
        if min(len(a), len(b)) >= (_LONG_HAN_NAME if has_han(a) else 2 * _LONG_HAN_NAME)
    ]
    return any(_a_slip(a, b) and not _numbered_apart(a, b) for a, b in longest) or bool(
        longest and one.readings & other.readings
    )


def _holds(longer: str, shorter: str) -> bool:
    return len(shorter) >= (2 if has_han(shorter) else 4) and shorter in longer


def _form_class(form: str) -> str:
    """The legal forms that are one and the same: Ltd is Limited and 有限责任公司, and says where it is registered."""
    if has_han(form):
        return "" if form == "公司" else "ltd"
    words = [word for word in form.split() if word not in ("co", "company")]
    return _FORM_NAMES.get(words[-1], words[-1]) if words else ""


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


def block_keys(one: Candidate) -> frozenset[str]:
    """What two clients must share one of to be compared at all: for the finder, which compares everybody.

    Whatever `compare` may call the same or unsure shares a key. A birth date or an address says something only beside a
    name that agrees at least nearly, so it is a key together with a hint of the name (`_hints`): of a hundred people born
    on one day three or four are compared. For organisations, where one name may hold the other, they are keys by
    themselves too, and so is every way to lose one character of a name.
    """
    keys = {f"p:{one.phone_digits}", f"e:{one.email.casefold()}"} - {"p:", "e:"}
    keys |= {f"n:{name}" for name in one.plain_names | one.word_sets}
    details = []
    if one.birth_date and getattr(one.birth_date, "month", None) and getattr(one.birth_date, "day", None):
        details.append(
            f"b:{getattr(one.birth_date, 'year', '') or ''}-{one.birth_date.month}-{one.birth_date.day}"
        )
    if len(one.place) >= _SHORTEST_ADDRESS:
        details.append(f"a:{one.place}")
    keys.update(f"{detail}:{hint}" for detail in details for hint in _hints(one))
    return frozenset(keys) if one.is_person else frozenset(keys.union(details) | _organisation_keys(one))


def _hints(one: Candidate) -> set[str]:
    """What two names share that are equal, written otherwise, sound alike or differ by one slip: a slip spoils the
    beginning or the end, never both; whatever sounds alike has the same letters, in whichever order the names stand.
    """
    hints = set()
    for name in one.plain_names:
        edge = 1 if has_han(name) else 2
        hints |= {f"^{name[:edge]}", f"${name[-edge:]}"}
    return hints | {"".join(sorted(letters)) for letters in one.readings | one.latin_letters}


def _organisation_keys(one: Candidate) -> set[str]:
    keys = {f"s:{stem}" for stem in one.stems} | {
        f"r:{reading}" for reading in one.readings | one.latin_letters
    }
    for stem in one.stems:
        if len(stem) >= (_LONG_HAN_NAME if has_han(stem) else 2 * _LONG_HAN_NAME):
            keys |= {f"d:{stem[:i]}{stem[i + 1 :]}" for i in range(len(stem))}
            keys.add(f"d:{stem}")
    return keys
