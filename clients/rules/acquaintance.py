"""Who of us knows whom there, from the contact log; and when that hangs on too few (docs/profiles.md).

The strength of an acquaintance is a sum over the contacts: each weighs by how near people came in it and by how long ago
it was, half as much for every half year. A contact at which several of them, or nobody by name, were present counts
for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WINDOW = timedelta(days=730)  # contacts older than that say nothing any more
HALF_LIFE = 182  # days
NEARNESS = {"face_to_face": 3.0, "video": 2.0, "phone": 2.0, "event": 1.5}
PLAIN = 1.0  # mail, letters, messages
UNANSWERED = 0.3
REGULAR, CLOSE = 4.0, 12.0


class Closeness(StrEnum):
    SLIGHT = "slight"
    REGULAR = "regular"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One contact as acquaintance sees it. `people`: who of theirs; empty where the log names nobody."""

    of_us: Hashable
    people: tuple[Hashable, ...]
    on: date
    channel: str
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Acquaintance:
    of_us: Hashable
    person: Hashable | None  # None: with the client, with nobody in particular
    strength: float
    contacts: int
    last_on: date

    @property
    def closeness(self) -> Closeness:
        if self.strength >= CLOSE:
            return Closeness.CLOSE
        return Closeness.REGULAR if self.strength >= REGULAR else Closeness.SLIGHT


def weigh(meeting: Meeting, today: date) -> float:
    age = max((today - meeting.on).days, 0)
    worth = NEARNESS.get(meeting.channel, PLAIN) * 0.5 ** (age / HALF_LIFE)
    return worth if meeting.answered else worth * UNANSWERED


def acquaintances(meetings: Iterable[Meeting], today: date) -> list[Acquaintance]:
    """Each of us with each of theirs, the strongest first."""
    strength: dict = defaultdict(float)
    count: dict = defaultdict(int)
    last: dict = {}
    for meeting in meetings:
        worth = weigh(meeting, today)
        for person in meeting.people or (None,):
            pair = (meeting.of_us, person)
            strength[pair] += worth
            count[pair] += 1
            last[pair] = max(meeting.on, last.get(pair, meeting.on))
    found = [Acquaintance(*pair, strength[pair], count[pair], last[pair]) for pair in strength]
    return sorted(found, key=lambda one: (-one.strength, -one.contacts, str(one.of_us), str(one.person)))


# -- a client that hangs on one person ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hanging:
    """`side`: "ours" or "theirs". `who`: on whom nearly all contact rests; None where nobody is known there at all."""

    side: str
    who: Hashable | None
    share: float
    contacts: int


def hangs_on(
    meetings: Sequence[Meeting], *, people_there: int, today: date, share: float, fewest: int
) -> list[Hanging]:
    """The warnings for a key client: most of the strength of contact on either side with a single person.

    With fewer than `fewest` contacts nothing is said of our side: a new client hangs on whoever took it. On their side a
    single person on record is a warning by itself.
    """
    warnings = []
    ours = _shares((meeting.of_us, weigh(meeting, today)) for meeting in meetings)
    if len(meetings) >= fewest and ours and ours[0][1] >= share:
        warnings.append(Hanging("ours", ours[0][0], ours[0][1], len(meetings)))
    named = [meeting for meeting in meetings if meeting.people]
    theirs = _shares((person, weigh(one, today)) for one in named for person in one.people)
    if people_there == 0:
        warnings.append(Hanging("theirs", None, 1.0, len(meetings)))
    elif len(named) >= fewest and theirs and theirs[0][1] >= share:
        warnings.append(Hanging("theirs", theirs[0][0], theirs[0][1], len(named)))
    elif people_there == 1 and len(named) < fewest:
        warnings.append(Hanging("theirs", theirs[0][0] if theirs else None, 1.0, len(named)))
    return warnings


def _shares(worths: Iterable[tuple[Hashable, float]]) -> list[tuple[Hashable, float]]:
    """Who carries which share of the whole, the greatest first."""
    by_person: dict = defaultdict(float)
    for who, worth in worths:
        by_person[who] += worth
    total = sum(by_person.values())
    shares = [(who, worth / total) for who, worth in by_person.items()] if total else []
    return sorted(shares, key=lambda pair: (-pair[1], str(pair[0])))
