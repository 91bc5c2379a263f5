"""Parts of the call-preparation card that higher rooms add, without the contact log knowing them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardPart:
    """A section of the card: a heading, lines of text and where they lead. Without lines it is left out."""

    heading: str
    lines: tuple[str, ...]
    url: str = ""
    late: bool = False


_PARTS: list[Callable] = []


def register(part: Callable) -> None:
    """`part(page) -> CardPart | None`, one statement each; `page` is a clients.panels.ClientPage."""
    if part not in _PARTS:
        _PARTS.append(part)


def added_parts(page) -> list[CardPart]:
    return [made for part in _PARTS if (made := part(page)) is not None and made.lines]
