"""What a story consists of: plain values, days as ordinals, people and matters by their place in the story."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lawcrm.desk.demo.notes import EN, ZH

NOBODY = -1


@dataclass(slots=True)
class PersonStory:
    name: str
    latin_name: str
    called: str
    sex: str
    phone: str
    email: str
    wechat: str
    birth: Any  # date or None
    role: str
    position: str


@dataclass(slots=True)
class MatterStory:
    title: str
    number: str
    kind: str
    service_type: str
    topic: str
    accepted: int
    closed: int | None
    stage: str
    next_day: int | None = None
    next_note: str = ""
    opposing: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(slots=True)
class NextStory:
    """What is to be done next. Kept where the contact that does it names it."""

    day: int
    minute: int
    title: str
    purpose: str
    promised: bool = False
    priority: int = 2


@dataclass(slots=True)
class ContactStory:
    day: int
    minute: int
    channel: str
    purposes: tuple[str, ...]
    by_firm: bool
    answered: bool = True
    person: int = NOBODY
    matter: int = NOBODY
    minutes: int | None = None
    note: str = ""
    mood: str = ""
    confidentiality: str = "ordinary"
    helper: bool = False  # held by somebody of the team instead of the responsible lawyer
    tells: bool = False  # told the matter's progress
    next: NextStory | None = None
    does: bool = False  # does what the contact before left to be done
    asked_of_client: str = ""  # what the client promised


@dataclass(slots=True)
class SurveyStory:
    sent: int
    occasion: str
    matter: int
    answered: int | None = None
    marks: dict[str, int] = field(default_factory=dict)
    nps: int | None = None
    text: str = ""


@dataclass(slots=True)
class HandStory:
    """A follow-up somebody made by hand."""

    made: int
    next: NextStory
    by: str  # user name


@dataclass(slots=True)
class ClientStory:
    number: int
    fields: dict[str, Any]
    chinese: bool
    known: int  # the day the firm's records begin to know them
    responsible: int  # place among the lawyers
    team: tuple[int, ...] = ()
    people: list[PersonStory] = field(default_factory=list)
    matters: list[MatterStory] = field(default_factory=list)
    contacts: list[ContactStory] = field(default_factory=list)
    surveys: list[SurveyStory] = field(default_factory=list)
    follow_ups: list[HandStory] = field(default_factory=list)

    @property
    def language(self) -> str:
        return ZH if self.chinese else EN
