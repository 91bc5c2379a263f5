"""What of a subject can be looked for in other people's records, and what stands in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

GONE = "■■"
LEAST_CJK, LEAST_LATIN, LEAST_DIGITS = 4, 8, 7


@dataclass(frozen=True, slots=True)
class Needles:
    """`certain` are looked for everywhere; `doubtful` only in records tied to the subject: others may bear that name."""

    certain: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.certain, *self.doubtful)


def is_distinctive(name: str) -> bool:
    """Long enough not to be part of other names: four characters of Chinese, eight of Latin."""
    least = LEAST_LATIN if name.isascii() else LEAST_CJK
    return len(name.strip()) >= least


def needles_of(names, identifiers, *, borne_by_others=frozenset()) -> Needles:
    """Names and identifiers (numbers, addresses) as they would stand in a text, the longest first."""
    names = {name.strip() for name in names if len(name.strip()) >= 2}
    certain = {one.strip() for one in identifiers if len(one.strip()) >= LEAST_DIGITS}
    sure = {name for name in names if is_distinctive(name) and name not in borne_by_others}
    return Needles(_longest_first(certain | sure), _longest_first(names - sure))


def _longest_first(words) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def mentions(text: str, needles: tuple[str, ...]) -> bool:
    lowered = text.lower()
    return any(needle.lower() in lowered for needle in needles)


def scrubbed(value, needles: tuple[str, ...]):
    """The value, whatever its shape, with every needle replaced."""
    if not needles:
        return value
    pattern = re.compile("|".join(map(re.escape, needles)), re.IGNORECASE)
    return _scrubbed(value, pattern)


def _scrubbed(value, pattern):
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, list | tuple):
        return [_scrubbed(one, pattern) for one in value]
    if isinstance(value, dict):
        return {_scrubbed(key, pattern): _scrubbed(one, pattern) for key, one in value.items()}
    return value
