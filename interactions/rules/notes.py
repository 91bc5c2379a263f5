"""Notes as they are kept: what was pasted from a mail or a chat keeps its paragraphs and loses its debris."""

from __future__ import annotations

import re

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c]")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_GAPS = re.compile(r"\n{3,}")


def tidy(text: str) -> str:
    """One kind of line end, no unseen signs, no blank ends of lines, one empty line between paragraphs at most."""
    text = _SPACES.sub(" ", _LINE_ENDS.sub("\n", text.translate(_UNSEEN)))
    return _GAPS.sub("\n\n", _TRAILING.sub("", text)).strip("\n ")
