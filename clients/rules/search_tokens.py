"""The one search box: which lexemes a record is found by, and what a person's words ask for.

At save, `lexemes_for` makes the lexemes of a record (stored with `array_to_tsvector`, no parser or dictionary
involved). A search calls `tsquery_for`, whose result is passed as a parameter and cast to tsquery.

* Chinese is found by any one or more characters in a row: pairs of neighbours, and the last character alone; in
  traditional writing as in simplified.
* Pinyin is found from any syllable on, in full or by initials: 'huawei', 'wei', 'hw', 'zhang san'.
* Words of other scripts are found by their beginning; case and accents make no difference, and ü is found as ue too.
* Initials that are a whole name's are kept once more behind a sign, so that 'zw' finds 张伟 before 李志伟.
* A word or reading with one letter wrong, missing, too much or in the wrong place is found by `near_query_for`: it asks
  for every word one letter away (some fifty for each letter), which costs the index nothing and a question of the few
  people who find nothing otherwise some milliseconds.
* What is said of somebody beside their names and numbers (address, position, group) is kept behind a sign of its own: it
  is found by `anywhere=True`, and lists put those behind who are called so.
* Phones are found by their beginning and by any number of last digits: each number is kept forwards, and
  backwards behind a sign no word begins with.

Sealed values (identity and registration numbers) are not here: they are found by their blind index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from clients.rules.names import has_han, normal_form, parts, readings_of, split_legal_form
from clients.rules.scripts import simplified

LONGEST = 40  # characters of a word or reading that count, when stored and when asked
MOST_TERMS = 12  # of a question
BACKWARDS = "~"
WHOLE = "="
BESIDE = "@"
LONGEST_WHOLE = 4  # longer initials are one name's anyway
SHORTEST_NEAR, LONGEST_NEAR = 4, LONGEST  # letters of a word that may be mistyped
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_EXPANDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})

_LOOKS_LIKE_PHONE = re.compile(r"[+＋\d０-９][\d０-９\s\-()（）.]{5,}")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_EXTENSION = re.compile(r"(?i)ext|x|转|轉|#|,|;")
_SOME_CJK = re.compile("[^\u0000-\u2fff]")


@dataclass(frozen=True, slots=True)
class Searchable:
    """What a record is known by."""

    names: tuple[str, ...]  # name, Latin name, former names
    is_person: bool
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # a WeChat name, a matter's number
    beside: tuple[str, ...] = ()  # an address, a position: where nobody is called so


# -- what a record is found by ------------------------------------------------------------------------------


def lexemes_for(record: Searchable) -> list[str]:
    """The record's lexemes, sorted, each once."""
    found: set[str] = set()
    for name in record.names:
        found.update(_name_lexemes(name, record.is_person))
    for phone in record.phones:
        found.update(_phone_lexemes(phone))
    for email in record.emails:
        found.update(_email_lexemes(email))
    for word in record.words:
        found.update(_text_lexemes(normal_form(word)))
    for text in record.beside:
        found.update(BESIDE + lexeme for lexeme in _text_lexemes(simplified(normal_form(text))))
    found.discard("")
    return sorted(found)


def _name_lexemes(name: str, is_person: bool) -> Iterable[str]:
    yield from _text_lexemes(simplified(normal_form(name)))
    if not has_han(name):
        if not name.isascii():
            yield from _text_lexemes(normal_form(name.casefold().translate(_EXPANDED)))
        return
    read = name if is_person else split_legal_form(name)[0]
    for syllables in readings_of(read, is_person=is_person):
        yield from _reading_lexemes(syllables)
        if 1 < len(syllables) <= LONGEST_WHOLE:
            yield WHOLE + "".join([syllable[0] for syllable in syllables])


def _text_lexemes(normal: str) -> Iterable[str]:
    for part in parts(normal):
        if _is_cjk(part):
            yield from (part[i : i + 2] for i in range(len(part) - 1))
            yield part[-1]
        else:
            yield part[:LONGEST]


def _reading_lexemes(syllables: list[str]) -> Iterable[str]:
    """From each syllable on: the rest in full, and its initials where there are at least two."""
    initials = "".join([syllable[0] for syllable in syllables])
    for i in range(len(syllables)):
        rest = "".join(syllables[i : i + LONGEST])[:LONGEST]
        yield rest
        if "v" in rest:  # 吕 is typed lv, and written lu
            yield rest.replace("v", "u")
        if len(initials) - i > 1:
            yield initials[i : i + LONGEST]


def _phone_lexemes(phone: str) -> Iterable[str]:
    """The number without its country code (China's), extension and signs, forwards and backwards."""
    number = national_digits(phone)
    if number:
        yield number[:LONGEST]
        yield BACKWARDS + number[::-1][:LONGEST]


def national_digits(phone: str) -> str:
    """The digits of a phone number as dialled at home, without extension."""
    main = _EXTENSION.split(normal_text_of_number(phone).strip())[0]
    digits = re.sub(r"\D", "", main)
    if main.startswith(("+", "00")):
        return re.sub("^(00)?86", "", digits)
    return digits[2:] if re.fullmatch(r"861[3-9]\d{9}", digits) else digits


def normal_text_of_number(text: str) -> str:
    """Full-width digits and signs as ASCII."""
    return text.translate(_ASCII_DIGITS)


_ASCII_DIGITS = {
    ord(full): ord(plain)
    for full, plain in zip("０１２３４５６７８９＋－（）", "0123456789+-()", strict=True)
}


def _email_lexemes(email: str) -> Iterable[str]:
    """The address, its part before the @ without dots, and that part's words."""
    address = _storable(email.strip().casefold())
    local = address.partition("@")[0]
    yield address[:LONGEST]
    joined = normal_form(local).replace(" ", "")
    if joined:
        yield joined[:LONGEST]
    words = parts(normal_form(re.sub(r"[._+\-]", " ", local)))
    if len(words) > 1:
        yield from (word[:LONGEST] for word in words)


def _is_cjk(part: str) -> bool:
    return _SOME_CJK.match(part) is not None


# -- what a question asks for -------------------------------------------------------------------------------


def tsquery_for(text: str, *, anywhere: bool = False) -> str:
    """The question as a tsquery whose lexemes are quoted one by one; '' when it asks for nothing.

    Every part must be found: characters in a row exactly, the rest as beginnings. `anywhere`: also in what is said
    beside names and numbers, each part in the one or the other.
    """
    if _LOOKS_LIKE_PHONE.fullmatch(text.strip()):
        return _phone_query(text)
    terms: list[str] = []
    for word in text[:200].split():
        terms += _email_terms(word) if "@" in word else _terms(simplified(normal_form(word)), anywhere)
    return " & ".join(dict.fromkeys(terms[:MOST_TERMS]))


def whole_query_for(text: str) -> str:
    """The question for names whose initials are exactly these; '' where they can be none."""
    words = parts(normal_form(text[:200]))
    if len(words) != 1 or not (words[0].isascii() and words[0].isalpha()):
        return ""
    return _quoted(WHOLE + words[0]) if 1 < len(words[0]) <= LONGEST_WHOLE else ""


def full_query_for(text: str) -> str:
    """The question for those who bear exactly this: each word or reading in full; '' where it cannot be asked."""
    words = parts(simplified(normal_form(text[:200])))[:MOST_TERMS]
    if not words or any(_is_cjk(word) or word.isdigit() for word in words):
        return ""
    joined = "".join(words)[:LONGEST]  # 'zhang wei' is zhangwei
    return f"{_quoted(joined)} | {' & '.join(_quoted(word[:LONGEST]) for word in dict.fromkeys(words))}"


def near_query_for(text: str, *, same_start: bool) -> str:
    """The question with one letter of each word allowed to be wrong, the first one too unless `same_start`.

    '' where no word is long enough.
    """
    words = list(dict.fromkeys(parts(simplified(normal_form(text[:200])))))[:MOST_TERMS]
    if not words:
        return ""
    asked = " & ".join(_near_term(word, same_start) for word in words)
    joined = "".join(words)
    if len(words) > 1 and _may_be_mistyped(joined):  # 'zahng wei' is zhangwei, and so is 'zhan gwei'
        asked = f"({asked}) | {_near_term(joined, same_start)}"
    return asked if any(map(_may_be_mistyped, words)) or _may_be_mistyped(joined) else ""


def _may_be_mistyped(word: str) -> bool:
    return word.isascii() and word.isalpha() and SHORTEST_NEAR <= len(word) <= LONGEST_NEAR


def _near_term(word: str, same_start: bool) -> str:
    if _is_cjk(word):
        return " & ".join(_terms(word))
    if not _may_be_mistyped(word):
        return _digits_or_word(word)
    near = [one for one in one_letter_away(word) if one and (not same_start or one[0] == word[0])]
    return f"({' | '.join(map(_quoted, near))})"


def one_letter_away(word: str) -> list[str]:
    """The word, and every word made of it by one letter taken away, changed, put in, or two neighbours exchanged."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {word}
    found.update(left + right[1:] for left, right in halves if right)
    found.update(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    found.update(left + letter + right[1:] for left, right in halves if right for letter in _LETTERS)
    found.update(left + letter + right for left, right in halves for letter in _LETTERS)
    return sorted(found)


def _terms(normal: str, anywhere: bool = False) -> Iterable[str]:
    for part in parts(normal):
        if not _is_cjk(part):
            yield _digits_or_word(part, anywhere)
        elif len(part) == 1:
            yield _beginning(part) if not anywhere else f"({_beginning(part)} | {_beginning(BESIDE + part)})"
        else:
            for pair in (part[i : i + 2] for i in range(len(part) - 1)):
                yield _quoted(pair) if not anywhere else f"({_quoted(pair)} | {_quoted(BESIDE + pair)})"


def _digits_or_word(part: str, anywhere: bool = False) -> str:
    asked = [part]
    if part.isascii() and part.isdigit() and len(part) >= 4:
        asked.append(BACKWARDS + part[::-1])
    if anywhere:
        asked.append(BESIDE + part)
    found = " | ".join(map(_beginning, asked))
    return f"({found})" if len(asked) > 1 else found


def _email_terms(word: str) -> Iterable[str]:
    address = _storable(normal_text_of_number(word).casefold()).strip("<>,;")
    return (_beginning(address),) if address.strip("@") and address[0] != "@" else ()


def _phone_query(text: str) -> str:
    """A number typed with spaces, brackets or a country code is one number."""
    plain = normal_text_of_number(text)
    digits, national = re.sub(r"\D", "", plain), national_digits(plain)
    numbers = dict.fromkeys([national, digits])
    if len(digits) >= 10:
        numbers[digits.lstrip("0")] = None  # a trunk or exit prefix the stored number may lack
    return " | ".join(
        f"{_beginning(number)} | {_beginning(BACKWARDS + number[::-1])}" for number in numbers if number
    )


def _beginning(lexeme: str) -> str:
    return f"{_quoted(lexeme[:LONGEST])}:*"


def _quoted(lexeme: str) -> str:
    """A lexeme that cannot end its quotes, whatever was typed."""
    escaped = _storable(lexeme).replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _storable(text: str) -> str:
    """Without what Postgres cannot hold: NUL and halves of surrogate pairs."""
    return _UNSTORABLE.sub("", text)
