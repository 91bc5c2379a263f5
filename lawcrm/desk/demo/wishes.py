"""How a story is to end: by chance for most clients, by hand for the clients of the two lawyers one signs in as."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

UNKNOWN, BASIC, PASSIVE, RESPONSIBLE, PROACTIVE, PARTNER = range(6)
STEADY, SILENT, OWED, COMPLAINT = "steady", "silent", "owed", "complaint"
HALF_PAST_NINE, ELEVEN, TWO, HALF_PAST_FOUR = 570, 660, 840, 990


@dataclass(frozen=True, slots=True)
class Wish:
    level: int
    ending: str = STEADY
    kind: str = ""
    grade: str | None = None
    foreign: bool = False  # a natural person from abroad
    due_in: int | None = None  # an open follow-up so many days from today
    due_minute: int = HALF_PAST_NINE
    promised: bool = False
    birthday_in: int | None = None


# Chen Wei's clients: about eight follow-ups due or late today, birthdays, promises, silence, reports owed, falls.
_CHEN_WEI = (
    Wish(PROACTIVE, kind="private", grade="A", due_in=0, birthday_in=2),
    Wish(PARTNER, kind="private", grade="A", due_in=0, due_minute=TWO, promised=True),
    Wish(RESPONSIBLE, kind="state_owned", grade="B", due_in=-2),
    Wish(PASSIVE, kind="person", grade="C", due_in=-5),
    Wish(PROACTIVE, kind="foreign_invested", grade="B", due_in=0, due_minute=HALF_PAST_FOUR, birthday_in=4),
    Wish(RESPONSIBLE, OWED, kind="private", grade="B"),
    Wish(RESPONSIBLE, OWED, kind="person", grade="C", foreign=True, due_in=1),
    Wish(PROACTIVE, SILENT, kind="private", grade="B"),
    Wish(PASSIVE, SILENT, kind="sole_trader", grade="C"),
    Wish(BASIC, kind="person", grade="D"),
    Wish(PARTNER, COMPLAINT, kind="private", grade="A"),
    Wish(PROACTIVE, kind="state_owned", grade="B", due_in=-1, promised=True),
    Wish(UNKNOWN, kind="person", grade="", due_in=0, due_minute=ELEVEN),
    Wish(RESPONSIBLE, kind="private", grade="C", due_in=3, birthday_in=0),
    Wish(PASSIVE, kind="public_institution", grade="C", due_in=-9),
    Wish(PARTNER, kind="foreign_invested", grade="A", due_in=2, promised=True),
)
_LI_NA = (
    Wish(PARTNER, kind="foreign_invested", grade="A", due_in=0, due_minute=TWO),
    Wish(PROACTIVE, SILENT, kind="foreign_invested", grade="B", birthday_in=1),
    Wish(RESPONSIBLE, OWED, kind="foreign_invested", grade="B"),
    Wish(PASSIVE, kind="person", grade="C", foreign=True, due_in=-3),
    Wish(RESPONSIBLE, kind="foreign_invested", grade="C", due_in=0),
    Wish(BASIC, kind="private", grade="A"),
    Wish(UNKNOWN, kind="foreign_invested", grade=""),
    Wish(PROACTIVE, kind="private", grade="B", due_in=5, promised=True),
)
BY_HAND = tuple([*((0, wish) for wish in _CHEN_WEI), *((1, wish) for wish in _LI_NA)])

_LEVELS = (UNKNOWN, BASIC, PASSIVE, RESPONSIBLE, PROACTIVE, PARTNER)
_WEIGHTS = (6, 14, 26, 25, 18, 11)
_KINDS = {
    "private": 36, "foreign_invested": 14, "state_owned": 8, "person": 26, "sole_trader": 6, "department": 3,
    "public_institution": 4, "social_organisation": 3,
}  # fmt: skip
_GRADES = {  # A, B, C, D, none
    UNKNOWN: (1, 3, 20, 46, 30), BASIC: (2, 8, 45, 20, 25), PASSIVE: (3, 15, 50, 17, 15),
    RESPONSIBLE: (6, 26, 45, 13, 10), PROACTIVE: (9, 34, 40, 11, 6), PARTNER: (18, 42, 32, 4, 4),
}  # fmt: skip
_KIND_NAMES, _KIND_WEIGHTS = tuple(_KINDS), tuple(_KINDS.values())


def kind_of(random: Random) -> str:
    return random.choices(_KIND_NAMES, _KIND_WEIGHTS)[0]


def grade_of(random: Random, level: int) -> str:
    return random.choices(("A", "B", "C", "D", ""), _GRADES[level])[0]


def by_chance(random: Random) -> Wish:
    level = random.choices(_LEVELS, _WEIGHTS)[0]
    chance = random.random()
    ending = STEADY
    if level >= RESPONSIBLE:
        ending = SILENT if chance < 0.08 else OWED if chance < 0.14 else STEADY
        ending = COMPLAINT if chance > 0.985 else ending
    elif level == PASSIVE:
        ending = SILENT if chance < 0.25 else STEADY
    due_in = random.randrange(-6, 30) if random.random() < 0.35 else None
    return Wish(
        level,
        ending,
        due_in=due_in,
        due_minute=random.choice((540, 540, 570, 600, 660, 840, 900, 990)),
        promised=random.random() < 0.25,
        foreign=random.random() < 0.14,
    )
