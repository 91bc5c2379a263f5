"""What the morning mail and Monday's overview say of a person's day, registered by the app that knows it.

A section's lines are read when the mail goes out, through the person's own door, their language and zone active.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Span:
    """The day a mail is for, with the days off that follow it; or the week, to its Sunday."""

    kind: str  # "day" | "week"
    first: date
    last: date

    @property
    def names_days(self) -> bool:
        return self.last > self.first


@dataclass(frozen=True, slots=True)
class Section:
    """`lines(user, span) -> [(text, path), ...]`; no lines, no section. At most MOST_LINES are told, and how many more."""

    code: str
    order: int
    title: str
    lines: Callable


_SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    if _SECTIONS.setdefault(section.code, section) is not section:
        raise ValueError(f"digest section {section.code} is registered twice")


def sections() -> list[Section]:
    return sorted(_SECTIONS.values(), key=lambda section: section.order)
