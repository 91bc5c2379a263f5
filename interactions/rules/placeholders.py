"""Placeholders of message templates: which there are, what is wrong with a text, and the text filled in.

A placeholder is a name in braces, {client} or {客户}: each has an English and a Chinese name that mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# code -> its Chinese name
EVERYWHERE = {
    "salutation": "称呼",
    "client": "客户",
    "person": "联系人",
    "sender": "发件人",
    "lawyer": "负责律师",
    "firm": "律所",
    "date": "日期",
}
FESTIVAL = {"festival": "节日"}
EVENT = {"event": "活动", "event_date": "活动时间", "event_place": "活动地点"}
ANSWER = {"answer_link": "回复链接"}
ALL = EVERYWHERE | FESTIVAL | EVENT | ANSWER
_BY_NAME = {code: code for code in ALL} | {chinese: code for code, chinese in ALL.items()}
_FOR = {"festival": FESTIVAL, "invitation": EVENT | ANSWER, "thanks": EVENT}

_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Problems:
    """`unknown`: names nobody knows; `foreign`: known, but not on this occasion; `braces`: one stands alone."""

    unknown: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    braces: bool = False

    def __bool__(self) -> bool:
        return bool(self.unknown or self.foreign or self.braces)


def known_for(occasion: str) -> dict[str, str]:
    """{code: Chinese name} of the placeholders a message of this occasion may have."""
    return EVERYWHERE | _FOR.get(occasion, {})


def problems_of(text: str, occasion: str) -> Problems:
    """What keeps a text from being filled in; each name once, in the order of the text."""
    allowed, unknown, foreign = known_for(occasion), {}, {}
    for name in _PLACE.findall(text):
        code = _BY_NAME.get(name.strip())
        if code is None:
            unknown[name] = None
        elif code not in allowed:
            foreign[name] = None
    rest = _PLACE.sub("", text)
    return Problems(tuple(unknown), tuple(foreign), "{" in rest or "}" in rest)


def used_in(text: str) -> set[str]:
    """The codes of the placeholders that stand in a text."""
    return {_BY_NAME[name.strip()] for name in _PLACE.findall(text) if name.strip() in _BY_NAME}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in, in one pass: what a value says is never read as a placeholder."""

    def value(match: re.Match) -> str:
        code = _BY_NAME.get(match[1].strip())
        return match[0] if code is None else values.get(code, "")

    return _PLACE.sub(value, text)
