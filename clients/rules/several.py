"""Several texts in one cell: semicolons between, and one that holds a semicolon itself in double quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PART = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[;；\n]|$)|([^;；\n]*)')
_NEEDS_QUOTES = re.compile(r'[;；\n]|^\s*"')


def joined(texts: Iterable[str]) -> str:
    """As a cell holds them."""
    return "; ".join(f'"{_doubled(text)}"' if _NEEDS_QUOTES.search(text) else text for text in texts)


def split(text: str) -> list[tuple[str, bool]]:
    """(text, whether it stood in quotes) of each that is not blank."""
    found, place = [], 0
    while place <= len(text):
        match = _PART.match(text, place)
        quoted = match[1] is not None
        one = match[1].replace('""', '"') if quoted else match[2].strip()
        if one.strip():
            found.append((one, quoted))
        place = match.end() + 1
    return found


def _doubled(text: str) -> str:
    return text.replace('"', '""')
