"""Does somebody stand on both sides? How names agree in a conflict check, why, and what a hit means.

A conflict check errs towards finding: a name is compared in every way it may be written, and what only sounds alike is
shown too, last. `asked_for` gives what the search columns are asked (clients/rules/search_tokens.py fills them), so wide
that whatever `how_alike` calls alike is among the answers; `how_alike` then says how two names agree. What the import and
the forms call the same name decides here as well (clients/rules/matching.py: name_agreement).

| reason       | strength | example                                             |
|--------------|----------|-----------------------------------------------------|
| exact        | 3        | case, accents, full width and signs apart           |
| script       | 3        | 騰達 and 腾达                                        |
| legal_form   | 3        | 有限公司 and 股份有限公司, Ltd. and Inc.               |
| word_order   | 3        | Chen Wei and Wei Chen                               |
| spelling     | 3        | Zhang Xiaoming and Zhangxiaoming                    |
| pinyin       | 2        | 腾达 and Tengda                                      |
| own_name     | 2        | 北京远洋科技 and 远洋控股（深圳）                       |
| slip         | 1        | one letter more, less or other                      |
| sound        | 1        | 张伟 and 章薇                                         |
| part         | 1        | 远洋 and 远洋蓝海                                      |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from clients.rules.matching import NEAR, Candidate, name_agreement
from clients.rules.names import has_han, normal_form, parts, readings_of, split_legal_form
from clients.rules.scripts import simplified
from clients.rules.search_tokens import LONGEST, one_letter_away
from matters.rules.company_names import core_of, stem_of

STRENGTH = {
    "exact": 3, "script": 3, "legal_form": 3, "word_order": 3, "spelling": 3,
    "pinyin": 2, "own_name": 2, "slip": 1, "sound": 1, "part": 1,
}  # fmt: skip
PERSON, ORGANISATION = "person", "organisation"
CLEAR, WAIVED, REFUSED = "clear", "waived", "refused"
_LONGEST_PERSON = 4  # Chinese characters
_LEAST_SLIP = 5  # letters of a word that may hold a slip of the pen


@dataclass(frozen=True)
class Name:
    """One name, in all the ways it is compared. `kind`: of whom it is, "" where that is not known."""

    text: str
    kind: str = ""

    @cached_property
    def normal(self) -> str:
        return normal_form(self.text)

    @cached_property
    def plain(self) -> str:
        return simplified(self.normal)

    @cached_property
    def is_han(self) -> bool:
        return has_han(self.normal)

    @cached_property
    def may_be_person(self) -> bool:
        if self.kind:
            return self.kind == PERSON
        if split_legal_form(self.text)[1]:
            return False
        return len(self.plain) <= _LONGEST_PERSON if self.is_han else len(self.normal.split()) <= 4

    @cached_property
    def may_be_organisation(self) -> bool:
        return self.kind != PERSON

    @cached_property
    def stem(self) -> str:
        return stem_of(self.text) if self.may_be_organisation else self.plain

    @cached_property
    def core(self) -> str:
        return core_of(self.text) if self.may_be_organisation else self.plain

    @cached_property
    def words(self) -> list[str]:
        return [] if self.is_han else self.stem.split()

    @cached_property
    def letters(self) -> frozenset[str]:
        """A Latin name written as one word, in whichever order family and given name stand."""
        words = self.words
        turns = {"".join(words), "".join(words[-1:] + words[:-1]), "".join(words[1:] + words[:1])}
        return frozenset(turns) - {""}

    @cached_property
    def readings(self) -> frozenset[str]:
        """A Chinese name in pinyin: its stem, and its own part."""
        return frozenset(_read(self.stem, self.may_be_person)) if self.is_han else frozenset()

    @cached_property
    def core_readings(self) -> frozenset[str]:
        return frozenset(_read(self.core, False)) if self.is_han else frozenset()

    @cached_property
    def candidate(self) -> Candidate:
        return Candidate(
            key=None, is_person=self.may_be_person and not self.may_be_organisation, name=self.text
        )


@lru_cache(maxsize=4096)
def _read(text: str, may_be_person: bool) -> tuple[str, ...]:
    ways = [readings_of(text, is_person=False)]
    if may_be_person:
        ways.append(readings_of(text, is_person=True))
    found = {"".join(syllables) for way in ways for syllables in way}
    return tuple(found | {one.replace("v", "u") for one in found})


# -- how two names agree ------------------------------------------------------------------------------------


def how_alike(one: Name, other: Name) -> str | None:
    """The strongest way in which the two names agree, or None."""
    if one.kind and other.kind and one.kind != other.kind:
        return "exact" if one.plain == other.plain else None
    for reason, holds in _WAYS:
        if holds(one, other):
            return reason
    return None


def _same_stem(one: Name, other: Name) -> bool:
    organisations = one.may_be_organisation and other.may_be_organisation
    return organisations and bool(one.stem) and one.stem == other.stem


def _same_words(one: Name, other: Name) -> bool:
    return len(one.words) > 1 and sorted(one.words) == sorted(other.words)


def _same_letters(one: Name, other: Name) -> bool:
    return bool(one.letters & other.letters)


def _same_pinyin(one: Name, other: Name) -> bool:
    return _spells(one, other) or _spells(other, one)


def _spells(latin: Name, han: Name) -> bool:
    """Whether a Latin name is how the Chinese one is read, wholly or in what is its own."""
    if latin.is_han or not han.is_han:
        return False
    own = "".join(latin.core.split())
    return bool(latin.letters & (han.readings | han.core_readings)) or (
        len(own) > 3 and own in han.core_readings | han.readings
    )


def _same_core(one: Name, other: Name) -> bool:
    if not (one.may_be_organisation and other.may_be_organisation) or one.core != other.core:
        return False
    return len(one.core) >= (2 if one.is_han else 4)


def _a_slip(one: Name, other: Name) -> bool:
    if one.is_han != other.is_han:
        return False
    if one.is_han:
        if min(len(one.core), len(other.core)) < _LONGEST_PERSON:
            return False
        return _one_off(one.core, other.core)
    if any(one_word != other_word and _one_off(one_word, other_word) and min(len(one_word), len(other_word)) >= _LEAST_SLIP
           for one_word, other_word in [(one.core.replace(" ", ""), other.core.replace(" ", ""))]):  # fmt: skip
        return True
    return min(len(one.plain), len(other.plain)) >= 8 and _nearly(one, other)


def _nearly(one: Name, other: Name) -> bool:
    longer, shorter = sorted((one.plain, other.plain), key=len, reverse=True)
    return shorter not in longer and name_agreement(one.candidate, other.candidate) >= NEAR


def _one_off(one: str, other: str) -> bool:
    """One sign more, less or other, or two neighbours exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _same_sound(one: Name, other: Name) -> bool:
    if not (one.is_han and other.is_han):
        return False
    if one.readings & other.readings:
        return True
    organisations = one.may_be_organisation and other.may_be_organisation
    return organisations and len(one.core) > 1 and bool(one.core_readings & other.core_readings)


def _is_part(one: Name, other: Name) -> bool:
    if not (one.may_be_organisation and other.may_be_organisation) or one.is_han != other.is_han:
        return False
    shorter, longer = sorted((one.core, other.core), key=len)
    if one.is_han:
        return len(shorter) > 1 and shorter in longer
    return len(shorter) > 3 and f" {shorter} " in f" {longer} "


_WAYS = (
    ("exact", lambda one, other: one.normal == other.normal),
    ("script", lambda one, other: one.plain == other.plain),
    ("legal_form", _same_stem),
    ("word_order", _same_words),
    ("spelling", _same_letters),
    ("pinyin", _same_pinyin),
    ("own_name", _same_core),
    ("slip", _a_slip),
    ("sound", _same_sound),
    ("part", _is_part),
)


@dataclass(frozen=True, slots=True)
class Agreement:
    reason: str
    asked: str  # the name that was asked
    known: str  # the name on record

    @property
    def strength(self) -> int:
        return STRENGTH[self.reason]


def best_agreement(asked: Iterable[Name], known: Iterable[Name]) -> Agreement | None:
    """Of all pairs of names the one that agrees most."""
    known = list(known)
    found = (
        Agreement(reason, one.text, other.text)
        for one in asked
        for other in known
        if (reason := how_alike(one, other))
    )
    return max(found, key=lambda agreement: agreement.strength, default=None)


# -- what the search columns are asked ----------------------------------------------------------------------


def asked_for(name: Name) -> str:
    """A tsquery of everything worth comparing with this name; '' where it asks for nothing."""
    terms = dict.fromkeys(_han_terms(name) if name.is_han else _latin_terms(name))
    return " | ".join(f"({term})" for term in terms if term)


def _han_terms(name: Name) -> Iterator[str]:
    yield _row(name.stem)
    if name.core != name.stem:
        yield _row(name.core)
    if len(name.core) >= _LONGEST_PERSON:  # a slip leaves one half as it is
        middle = len(name.core) // 2
        yield _row(name.core[:middle])
        yield _row(name.core[middle:])
    for reading in sorted(name.readings):
        yield _quoted(reading[:LONGEST])
    for reading in sorted(name.core_readings):
        if len(reading) > 4:
            yield f"{_quoted(reading[:LONGEST])}:*"
    yield from _spelled(name)


def _spelled(name: Name) -> Iterator[str]:
    """The name as somebody wrote it in pinyin: each syllable a word, or family and given name."""
    ways = [readings_of(name.core, is_person=False)[0]]
    if name.may_be_person:
        ways.append(readings_of(name.plain, is_person=True)[0])
    for syllables in ways:
        if 1 < len(syllables) <= 5:
            yield " & ".join(_quoted(one) for one in syllables)
            yield f"{_quoted(syllables[0])} & {_quoted(''.join(syllables[1:]))}"
            yield (
                f"{_quoted(''.join(syllables[:2]))} & {_quoted(''.join(syllables[2:]))}"
                if syllables[2:]
                else ""
            )


def _latin_terms(name: Name) -> Iterator[str]:
    words = [word for part in parts(name.plain) for word in [part[:LONGEST]]]
    own = [word[:LONGEST] for word in name.core.split()] or words
    yield " & ".join(_quoted(word) for word in own)
    for joined in sorted(name.letters | {"".join(own)}):
        yield f"{_quoted(joined[:LONGEST])}:*" if len(joined) > 3 else _quoted(joined)
    if len(own) == 1 and own[0].isascii():  # two words written together
        yield from (f"{_quoted(own[0][:i])} & {_quoted(own[0][i:])}" for i in range(3, len(own[0]) - 2))
    if long := [word for word in own if len(word) >= _LEAST_SLIP]:
        yield " & ".join(f"({' | '.join(map(_quoted, _near(word)))})" for word in long[:2])


def _near(word: str) -> list[str]:
    return [one for one in one_letter_away(word) if one and one[0] == word[0]] if word.isascii() else [word]


def _row(text: str) -> str:
    """Characters that stand in a row: their pairs; letters between them as words."""
    terms: list[str] = []
    for part in parts(text):
        if has_han(part):
            terms += [part[i : i + 2] for i in range(len(part) - 1)] or [part]
        else:
            terms.append(part)
    return " & ".join(map(_quoted, dict.fromkeys(terms)))


def _quoted(lexeme: str) -> str:
    escaped = lexeme.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


# -- what a hit means ---------------------------------------------------------------------------------------

AGAINST = frozenset({"opposing"})
OURS = frozenset({"client", "co_party"})


def is_adverse(asked_role: str, known_role: str) -> bool:
    """Whether the firm would stand on both sides: one side's name is found on the other."""
    return (asked_role in AGAINST and known_role in OURS) or (asked_role in OURS and known_role in AGAINST)


def decision_problem(
    decision: str, reason: str, *, hits: int, hidden: int, may_decide: bool, before: str = ""
) -> str | None:
    """Why the check cannot be decided so by this person (a code), or None when it can.

    Whoever decides sees every hit; without a hit anybody who may run the check may call it clear. What was refused
    is opened again only by who may decide, with a reason.
    """
    if decision not in (CLEAR, WAIVED, REFUSED):
        return "unknown_decision"
    if hidden:
        return "ask_the_desk"
    if (hits or before == REFUSED) and not may_decide:
        return "ask_a_partner"
    if decision == WAIVED and not hits and before != REFUSED:
        return "nothing_to_waive"
    needs_reason = decision in (WAIVED, REFUSED) or hits or before == REFUSED
    if needs_reason and not reason.strip():
        return "reason_missing"
    return None
