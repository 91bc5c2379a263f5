"""How somebody is addressed, and in which language."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u3400-\u9fff]")
ZH, EN = "zh-hans", "en"


def is_han(name: str) -> bool:
    return bool(_HAN.search(name))


def language_for(said: str, name: str) -> str:
    """The language on record; where there is none, the one the name is written in."""
    return said or (ZH if is_han(name) else EN)


def salutation(name: str, language: str, *, sex: str = "", is_person: bool = True) -> str:
    """ "Dear Anna Bell", "尊敬的王芳女士", "尊敬的海港物流有限公司"."""
    if not language.startswith("zh"):
        return f"Dear {name}"
    title = {"female": "女士", "male": "先生"}.get(sex, "") if is_person else ""
    gap = "" if is_han(name) else " "
    return f"尊敬的{gap}{name}{gap if title else ''}{title}"
