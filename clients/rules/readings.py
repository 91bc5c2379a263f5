"""How Chinese is read: pypinyin's dictionaries, made small.

pypinyin holds 47,000 words with the tones of each character, 57 MiB in every process. Names need no tones, and only
3,400 words are read otherwise than their characters one by one; the rest matters only for where words end. Kept so, it
is a quarter of that, made when the first name is read and the same in every reading.
"""

from __future__ import annotations

import gc
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple


class Dictionary(NamedTuple):
    words: frozenset[str]
    longest: dict[str, int]  # of the words that begin with this character
    characters: dict[str, str]  # how each is read by itself
    otherwise: dict[str, str]  # words that are not read as their characters; syllables between spaces


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    extracted = _extract()
    _plain.cache_clear()
    gc.collect()
    words, characters, otherwise = (part.decode().split("\n") for part in extracted)
    longest: dict[str, int] = {}
    for word in words:
        longest[word[0]] = max(len(word), longest.get(word[0], 0))
    return Dictionary(
        frozenset(words),
        longest,
        dict(line.split(" ") for line in characters),
        dict(line.split(" ", 1) for line in otherwise),
    )


def _extract() -> tuple[bytes, bytes, bytes]:
    """As bytes: once this returns, nothing of what stays lies between the remains of the large dictionaries."""
    phrases = _load("phrases_dict").phrases_dict
    characters = {
        chr(code): _plain(readings.partition(",")[0])
        for code, readings in _load("pinyin_dict").pinyin_dict.items()
    }
    otherwise = []
    for word, readings in phrases.items():
        read = [_plain(one[0]) for one in readings]
        if read != [characters.get(one, one) for one in word]:
            otherwise.append(f"{word} {' '.join(read)}")
    lines = (phrases, [f"{one} {reading}" for one, reading in characters.items()], otherwise)
    return tuple("\n".join(each).encode() for each in lines)


def _load(name: str):
    """One of pypinyin's data modules without the package around it, which would keep it for good."""
    folder = Path(find_spec("pypinyin").origin).parent
    spec = spec_from_file_location(f"_{name}", folder / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=4_000)
def _plain(syllable: str) -> str:
    """A syllable without its tone, ü as v."""
    letters = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    return "".join(
        one for one in letters.replace("u\u0308", "v") if not "\u0300" <= one <= "\u036f" or one == "\u0302"
    )


def words_of(text: str) -> Iterator[str]:
    """The text cut into words from left to right, each the longest there is; a character in no word is its own."""
    known = dictionary()
    start = 0
    while start < len(text):
        end = min(start + known.longest.get(text[start], 1), len(text))
        while end - start > 1 and text[start:end] not in known.words:
            end -= 1
        yield text[start:end]
        start = end


@lru_cache(maxsize=20_000)  # few words make up most names
def read(word: str) -> tuple[str, ...]:
    """One syllable for each character; a character without a reading stands for itself."""
    known = dictionary()
    if syllables := known.otherwise.get(word):
        return tuple(syllables.split(" "))
    return tuple([known.characters.get(one, one) for one in word])
