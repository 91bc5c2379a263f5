"""Several phones or mail addresses in one cell, as people write them: one to a line (Alt+Enter), or with signs between."""

from __future__ import annotations

import re

from clients.rules.cells import plain
from clients.rules.facts import parted

_LINE_OF_ITS_LABEL = re.compile(r"\s*[\r\n]+\s*(?=[(（][^\d)）])")  # "13800138000", and below it "(office)"
_NOT_IN_BRACKETS = r"(?![^(]*\))"
# a blank parts numbers only where a whole mobile number follows a whole number: "021 6234 0001" is one
_BETWEEN_PHONES = re.compile(rf"\s*[/;,、|]\s*{_NOT_IN_BRACKETS}|(?<=\d{{7}})\s+(?=1[3-9]\d{{9}}(?!\d))")
_BETWEEN_MAILS = re.compile(rf"\s*[;,、|]\s*{_NOT_IN_BRACKETS}")
_STROKE = re.compile(rf"\s*/\s*{_NOT_IN_BRACKETS}")
_NAMED = re.compile(r"<\s*([^<>\s]+@[^<>\s]+)\s*>")


def phones_in(text: str) -> list[str]:
    """Each number with what stands in brackets behind it; a text without any of the signs is one."""
    if text.isascii() and text.isalnum():
        return [text]
    return [part for line in _lines(text) for part in _BETWEEN_PHONES.split(line) if part]


def emails_in(text: str) -> list[str]:
    """Each address with what stands in brackets behind it; of "Anna Bell <a@b.example>" the address."""
    if named := _NAMED.findall(text):
        return named
    parts = [part for line in _lines(text) for part in _BETWEEN_MAILS.split(line) if part]
    return [one for part in parts for one in _apart(part)]


def _lines(text: str) -> list[str]:
    if "\n" not in text and "\r" not in text:
        return [plain(text)]
    return [plain(line) for line in _LINE_OF_ITS_LABEL.sub(" ", text).splitlines()]


def _apart(part: str) -> list[str]:
    """A stroke parts addresses where there is more than one, and so do blanks that no bracket follows."""
    pieces = _STROKE.split(part) if part.count("@") > 1 else [part]
    return [one for piece in pieces for one in _by_blanks(piece)]


def _by_blanks(piece: str) -> list[str]:
    address, label = parted(piece)
    return [piece] if label and not re.search(r"\s", address) else piece.split()


_WECHAT = re.compile(
    r"(?:微信号?|wechat(?: id)?|weixin|wx|vx)\s*[:：]?\s*([a-z][a-z0-9_-]{4,29})", re.IGNORECASE
)


def wechat_in(text: str) -> str:
    """The WeChat ID that a cell for phones holds instead of one: "微信：hai_qiao"."""
    found = _WECHAT.fullmatch(plain(text))
    return found[1] if found else ""
