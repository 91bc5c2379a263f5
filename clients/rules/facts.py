"""Which of the main values are kept when they change, and what of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from clients.enums import FactKind

_KINDS = tuple(FactKind.values)
LONGEST_LABEL = 60
_LABELLED = re.compile(r"(.*)[(（]([^()（）]{1,60})[)）]", re.DOTALL)
_BRACKETS = re.compile(r"[()（）]")


def kinds_of(owner) -> tuple[str, ...]:
    """The kinds of facts that also have a main value on this row."""
    return tuple(kind for kind in _KINDS if hasattr(owner, kind))


def has_ended(until: date | None, today: date) -> bool:
    """Whether what holds until then holds no longer. What is marked as ended today has ended."""
    return until is not None and until <= today


def former_values(changes: dict) -> Iterator[tuple[str, str]]:
    """(kind, what it said before) of each main value that said something and says something else now."""
    for kind in _KINDS:
        before, _now = changes.get(kind, ("", ""))
        if before:
            yield kind, before


def written(value: str, label: str) -> str:
    """A value with what it is for behind it, as lists write it: "021 6234 0001 (office)"."""
    label = " ".join(_BRACKETS.sub(" ", label).split())[:LONGEST_LABEL]
    return f"{value} ({label})" if label else value


def described(fact) -> str:
    """A value with all that is said about it, for the audit trail: "021 6234 0001 (office) 2019-05-01 – 2024-03-31"."""
    days = " – ".join("" if day is None else day.isoformat() for day in (fact.since, fact.until))
    return f"{written(fact.value, fact.label)} {days if fact.since or fact.until else ''}".strip()


def parted(text: str) -> tuple[str, str]:
    """The same taken apart. Brackets around digits belong to a number."""
    text = text.strip()
    match = _LABELLED.fullmatch(text)
    if match and (bare := match[1].rstrip()) and any(character.isalpha() for character in match[2]):
        return bare, match[2].strip()
    return text, ""
