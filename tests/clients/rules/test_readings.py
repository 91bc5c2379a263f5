"""The small dictionaries read as pypinyin's large ones do."""

import sys
import tracemalloc

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from clients.rules.readings import dictionary, read, words_of


def test_every_character_reads_the_same():
    characters = [chr(code) for code in PINYIN_DICT]
    assert [one for one in characters if list(read(one)) != lazy_pinyin(one)] == []


def test_words_read_the_same():
    words = sorted(PHRASES_DICT)[::7]
    assert [word for word in words if list(read(word)) != lazy_pinyin(word)] == []


def test_the_longest_word_is_cut_first():
    assert list(words_of("重庆银行行长")) == ["重庆", "银行", "行长"]


def test_what_has_no_reading_stands_for_itself():
    assert read("〇") == tuple(lazy_pinyin("〇"))
    assert list(words_of("ab")) == ["a", "b"]


def test_little_is_kept():
    dictionary.cache_clear()
    tracemalloc.start()
    kept = dictionary()
    size, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size < 20 * 1024 * 1024
    assert len(kept.words) > 40_000
    assert "_phrases_dict" not in sys.modules
