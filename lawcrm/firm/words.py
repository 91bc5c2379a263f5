"""Putting texts together as the reader's language does."""

from collections.abc import Iterable

from django.utils.translation import get_language


def is_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def listed(words: Iterable) -> str:
    """Anna, Ben, Clara; in Chinese 安娜、本、克拉拉."""
    return ("、" if is_chinese() else ", ").join(str(word) for word in words)


def labelled(label, text) -> str:
    """Phone: 8000; in Chinese 电话：8000."""
    return f"{label}：{text}" if is_chinese() else f"{label}: {text}"


def lower_first(words: str) -> str:
    """Words of a heading, inside a sentence."""
    return words[:1].lower() + words[1:]


def sentences(parts: Iterable) -> str:
    """Sentences one after the other: with a space between, in Chinese without. Empty ones are left out."""
    return ("" if is_chinese() else " ").join(str(part) for part in parts if part)


def codes_called(word: str, choices: Iterable[tuple]) -> list:
    """The codes whose label, in the reader's language, has this word in it."""
    word = word.casefold()
    return [code for code, label in choices if word in str(label).casefold()]
