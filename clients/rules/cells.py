"""A cell or form field as text: what every reader of values does first."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

from clients.rules.reading import Change

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_BLANKS = re.compile(r"\s+")
_ERRORS = frozenset(
    {"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#getting_data"}
)
_EMPTY_WORDS = frozenset(
    {
        "-",
        "--",
        "—",
        "——",
        "/",
        "\\",
        "无",
        "無",
        "暂无",
        "空",
        "不详",
        "未知",
        "n/a",
        "na",
        "nil",
        "none",
        "null",
        "nan",
    }
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)

MOST_EXACT_DIGITS = 15  # a spreadsheet keeps so many digits of a number and makes the rest zeros


def as_text(raw: object) -> str:
    """The cell as text; numbers without a point where they are whole, dates in ISO form."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, float | Decimal) and raw == raw and abs(raw) < 1e15 and raw == int(raw):
        return str(int(raw))
    if isinstance(raw, datetime) and not (raw.hour or raw.minute or raw.second):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    return str(raw)


def is_number(raw: object) -> bool:
    return isinstance(raw, int | float | Decimal) and not isinstance(raw, bool)


def one_line(text: str) -> str:
    """Without invisible characters, every kind of blank as one space."""
    return _BLANKS.sub(" ", _INVISIBLE.sub("", text)).strip()


def plain(text: str) -> str:
    """One line with full-width letters, digits and signs as ASCII: for numbers, codes and dates."""
    if text.isascii() and text.isalnum():
        return text
    text = unicodedata.normalize("NFKC", one_line(text))
    return (
        text.replace("—", "-").replace("–", "-").replace("−", "-").replace("‐", "-").replace("‑", "-").strip()
    )


def is_error(text: str) -> bool:
    """A spreadsheet's error value, left by a formula."""
    return text.startswith("#") and text.casefold() in _ERRORS


def says_nothing(text: str) -> bool:
    """Empty, or a word people write for empty."""
    return not text or text.casefold() in _EMPTY_WORDS


def is_scientific(text: str) -> bool:
    """A number as 1.10101E+17. An E between digits alone is a code, so a point or a sign must be there too."""
    return _SCIENTIFIC.fullmatch(text) is not None and any(sign in text for sign in ".,+-")


def changes_between(raw: str, value: str) -> tuple[Change, ...]:
    """What cleaning did to a text, in words a person can check."""
    if raw == value:
        return ()
    seen = _INVISIBLE.sub("", raw)
    found = [
        Change(code)
        for code, happened in (
            ("invisible_removed", seen != raw),
            ("blanks", one_line(raw) != seen),
            ("width", any("\uff01" <= character <= "\uff5e" for character in seen)),
        )
        if happened
    ]
    return tuple(found) or (Change("rewritten"),)
