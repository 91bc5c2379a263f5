"""What stands in a person's calendar, registered by the app that knows it.

Read on each fetch, through the person's own door, their language and zone active.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarItem:
    """One entry. `uid` never changes; `sequence` grows with each change of the entry.

    `starts` is an instant (aware) or a date; a date stays that date in every zone. `title` may name a client, `bare` says
    only what kind of thing it is: which of them is told is the person's choice. A `cancelled` entry is told for a while,
    so that calendars take it away.
    """

    uid: str
    sequence: int
    title: str
    bare: str
    starts: datetime | date
    ends: datetime | date
    path: str
    made_at: datetime
    changed_at: datetime
    cancelled: bool = False
    done: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of entry: `items(user, since, until) -> [CalendarItem]`, dates on the user's clock."""

    kind: str
    order: int
    label: str
    items: Callable


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    if _SOURCES.setdefault(source.kind, source) is not source:
        raise ValueError(f"calendar source {source.kind} is registered twice")


def sources() -> list[Source]:
    return sorted(_SOURCES.values(), key=lambda source: source.order)
