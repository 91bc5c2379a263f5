"""Several phones or mail addresses in one cell, as people write them: one to a line (Alt+Enter), or with signs between.

A cell may hold 32,767 characters of anything: every pattern here takes a time that grows as the text does, no faster.
"""

from __future__ import annotations

import re

from clients.rules.cells import plain
from clients.rules.facts import parted

_LINE_END = re.compile(r"[\r\n]+")
_BRACKETED = re.compile(r"\([^()]*\)")
_LABEL = re.compile(r"\([^\d)]")
# a blank parts numbers only where a whole mobile number follows a whole number: "021 6234 0001" is one
_BETWEEN_PHONES = re.compile(r" ?[/;,、|] ?|(?<=\d{7}) (?=1[3-9]\d{9}(?!\d))")
_BETWEEN_MAILS = re.compile(r" ?[;,、|] ?")
_STROKE = re.compile(r" ?/ ?")
_NAMED = re.compile(r"<\s*([^<>@\s]+@[^<>@\s]+)\s*>")


def phones_in(text: str) -> list[str]:
    """Each number with what stands in brackets behind it; a text without any of the signs is one."""
    if text.isascii() and text.isalnum():
        return [text]
    return [part for line in _lines(text) for part in _split(_BETWEEN_PHONES, line) if part]


def emails_in(text: str) -> list[str]:
    """Each address with what stands in brackets behind it; of "Anna Bell <a@b.example>" the address."""
    if named := _NAMED.findall(text):
        return named
    parts = [part for line in _lines(text) for part in _split(_BETWEEN_MAILS, line) if part]
    return [one for part in parts for one in _apart(part)]


def _lines(text: str) -> list[str]:
    """The lines that say something; "(office)" below a number belongs to it."""
    lines: list[str] = []
    for line in filter(None, map(plain, _LINE_END.split(text))):
        if lines and _LABEL.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines


def _split(signs: re.Pattern, text: str) -> list[str]:
    """A plain text parted at the signs that stand in no brackets."""
    bare = _BRACKETED.sub(lambda bracketed: "_" * len(bracketed[0]), text)
    edges = [0, *(edge for sign in signs.finditer(bare) for edge in sign.span()), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _apart(part: str) -> list[str]:
    """A stroke parts addresses where there is more than one, and so do blanks that no bracket follows."""
    pieces = _split(_STROKE, part) if part.count("@") > 1 else [part]
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
