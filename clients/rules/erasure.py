"""What of a subject can be looked for in other people's records, how it is found there, and what stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

GONE = "■■"
LEAST_CJK, LEAST_CJK_OF_ORGANISATION = 4, 6
LEAST_LATIN, LEAST_LATIN_OF_ONE_WORD = 8, 12
LEAST_DIGITS, LEAST_HANDLE, LEAST_ADDRESS = 7, 7, 8
PHONE, EMAIL, WECHAT, ADDRESS, NUMBER, WEBSITE = "phone", "email", "wechat", "address", "number", "website"

_SIGNS = " -.()+/"  # between the digits of a number, as people write them
SQUEEZE = str.maketrans("", "", _SIGNS)
_EDGE = r"A-Za-z0-9\u00c0-\u024f"  # a Latin word goes on with one of these; Chinese has no such edges


@dataclass(frozen=True, slots=True)
class Needles:
    """Words of a subject. `certain` are looked for everywhere; `doubtful` only near the subject: others may bear them.

    `shared` stand among somebody else's own names, numbers or addresses: names of them are doubtful, the rest stays.
    """

    certain: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.certain, *self.doubtful)


def is_distinctive(name: str, *, organisation: bool = False) -> bool:
    """Long enough not to be a common name or a part of others.

    Chinese: four characters, six for an organisation (中国银行 is spoken of everywhere). Latin: eight letters in two
    words, or twelve in one.
    """
    name = name.strip()
    if not name.isascii() and any(letter >= "\u2e80" for letter in name):
        return len(name) >= (LEAST_CJK_OF_ORGANISATION if organisation else LEAST_CJK)
    return len(name) >= (LEAST_LATIN if " " in name else LEAST_LATIN_OF_ONE_WORD)


def is_sure(kind: str, value: str) -> bool:
    """Whether an identifier, by its look, can only be this subject's: "Shanghai" is an address, too, and says nothing."""
    digits = sum(letter.isdigit() for letter in value)
    if kind in (PHONE, NUMBER):
        return digits >= LEAST_DIGITS
    if kind == EMAIL:
        return "@" in value
    if kind == WEBSITE:
        return "." in value and len(value) >= LEAST_DIGITS
    if kind == WECHAT:
        return len(value) >= LEAST_HANDLE and bool(digits or set("_-") & set(value))
    return kind == ADDRESS and len(value) >= LEAST_ADDRESS and digits > 0


def needles_of(
    names: Iterable[str],
    identifiers: Iterable[tuple[str, str]],
    *,
    borne_by_others=frozenset(),
    organisation: bool = False,
) -> Needles:
    """Names and (kind, identifier) as they would stand in a text, the longest first."""
    names = {name.strip() for name in names if len(name.strip()) >= 2}
    known = {(kind, as_written(kind, value)) for kind, value in identifiers}
    known = {(kind, value) for kind, value in known if len(value) >= 3}
    own = {value for kind, value in known if value not in borne_by_others and is_sure(kind, value)}
    sure = {name for name in names if is_distinctive(name, organisation=organisation)} - borne_by_others
    near = {value for kind, value in known if kind == WECHAT and value not in own | borne_by_others}
    shared = (names | {value for _kind, value in known}) & borne_by_others
    return Needles(_longest_first(own | sure), _longest_first(near | names - sure), _longest_first(shared))


def as_written(kind: str, value: str) -> str:
    """An identifier as it would stand in a text."""
    value = value.strip()
    return re.sub(r"^https?://(www\.)?|/+$", "", value, flags=re.IGNORECASE) if kind == WEBSITE else value


def _longest_first(words) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


class Finder:
    """Looks for needles: words in any case and whole where they are Latin, numbers however their digits are grouped."""

    def __init__(self, needles: Iterable[str]):
        needles = _longest_first(needles)
        self.words = tuple(word.lower() for word in needles if not _is_number(word))
        self.numbers = tuple(_core(word) for word in needles if _is_number(word))
        self._pattern = re.compile("|".join(map(_pattern, needles)) or r"(?!)", re.IGNORECASE)

    def __bool__(self):
        return bool(self.words or self.numbers)

    def is_in(self, text: str) -> bool:
        return self.may_be_in(text) and bool(self._pattern.search(text))

    def may_be_in(self, text: str) -> bool:
        """The same, quicker and too often."""
        lowered = text.lower()
        if any(word in lowered for word in self.words):
            return True
        if not self.numbers:
            return False
        squeezed = lowered.translate(SQUEEZE)
        return any(number in squeezed for number in self.numbers)

    def strike(self, value):
        """The value, whatever its shape, with every needle replaced."""
        if isinstance(value, str):
            return self._pattern.sub(GONE, value) if self.may_be_in(value) else value
        if isinstance(value, list | tuple):
            return [self.strike(one) for one in value]
        if isinstance(value, dict):
            return {self.strike(key): self.strike(one) for key, one in value.items()}
        return value


def _is_number(needle: str) -> bool:
    return re.fullmatch(r"\+?[\d\- ]+", needle) is not None


def _core(number: str) -> str:
    """The digits that stand in a text however the number is dialled: at home, from abroad, with an area in brackets."""
    digits = re.sub(r"\D", "", number)
    return digits[-9:] if number.startswith("+") and len(digits) >= 11 else digits


def _pattern(needle: str) -> str:
    if _is_number(needle):
        before = r"[+(]?(?:\d[-. ()]{0,2}){0,4}" if needle.startswith("+") else r"(?:(?:\+|00)?86[-. ]?)?\(?"
        return rf"(?<!\d){before}" + r"[-. ()/]{0,2}".join(_core(needle)) + r"(?!\d)"
    before = rf"(?<![{_EDGE}])" if re.match(rf"[{_EDGE}]", needle) else ""
    after = rf"(?![{_EDGE}])" if re.search(rf"[{_EDGE}]$", needle) else ""
    return before + re.escape(needle) + after
