"""Values as people and spreadsheets write them, brought into one form: names, phones, mail addresses, dates, choices.

Each reader returns the clean value, what it changed, and why it refuses. Nothing is guessed: what can be read in
two ways is refused with the reason, and the person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clients.rules.cells import (
    as_text,
    changes_between,
    is_error,
    is_number,
    is_scientific,
    one_line,
    plain,
    says_nothing,
)
from clients.rules.facts import parted
from clients.rules.in_a_cell import emails_in, phones_in
from clients.rules.names import HAN, normal_form
from clients.rules.reading import Change, DateReading, Reading, TextReading, refused

# -- texts --------------------------------------------------------------------------------------------------

_SPACE_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "subtotal", "sum", "grand total", "totals"})


def read_text(raw: object, *, longest: int = 300) -> TextReading:
    """One line of free text."""
    text = as_text(raw)
    value = one_line(text)
    if is_error(value):
        return refused("formula_error", error=value)
    if len(value) > longest:
        return refused("too_long", longest=longest, length=len(value))
    return Reading(value, _text_changes(raw, text, value))


def is_total(text: str) -> bool:
    """What begins a line of sums."""
    return normal_form(text) in _TOTALS


def read_website(raw: object) -> TextReading:
    """An address on the web; https:// where nothing is said."""
    text = plain(as_text(raw))
    if says_nothing(text):
        return _empty(text)
    address = text if re.match(r"(?i)https?://", text) else f"https://{text}"
    if len(address) > 200 or not re.fullmatch(
        r"(?i)https?://[\w.-]+\.[a-z\u4e00-\u9fff]{2,}(:\d+)?([/?#]\S*)?", address
    ):
        return refused("website_unknown")
    return Reading(address, changes_between(as_text(raw), address))


def read_note(raw: object, *, longest: int = 20_000) -> TextReading:
    """Free text of several lines: each cleaned, empty ones at the ends left out."""
    lines = [one_line(line) for line in re.split("\r\n|\r|\n|\u2028|\u2029", as_text(raw))]
    value = "\n".join(lines).strip("\n")
    if len(value) > longest:
        return refused("too_long", longest=longest, length=len(value))
    return Reading(value)


def read_name(raw: object, *, longest: int = 200) -> TextReading:
    """The name of a client: letters and digits half-width, no space inside a Chinese name, a word or more."""
    text = as_text(raw)
    value = _SPACE_BETWEEN_HAN.sub("", one_line(text).translate(_FULL_WIDTH))
    if says_nothing(value):
        return refused("name_missing")
    if is_error(value):
        return refused("formula_error", error=value)
    normal = normal_form(value)
    if is_total(value):
        return refused("total_row", name=value)
    if not any(character.isalpha() for character in normal):
        return refused("name_without_letters", name=value)
    if len(value) > longest:
        return refused("too_long", longest=longest, length=len(value))
    return Reading(value, _text_changes(raw, text, value))


def _text_changes(raw: object, text: str, value: str) -> tuple[Change, ...]:
    return (Change("number_as_text"),) if is_number(raw) else changes_between(text, value)


# -- phones -------------------------------------------------------------------------------------------------

_EXTENSION = re.compile(
    r"(?:\s*(?:ext|x|转|轉|分机|#)\.?\s*|(?<=\d{7})\s*-\s*(?=\d{1,6}$))(?P<extension>\d{1,6})$", re.I
)
_PHONE_SIGNS = re.compile(r"[\s\-.()·]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0(?:10|2\d)|0[3-9]\d{2})([2-9]\d{6,7})")
_SERVICE = re.compile(r"[48]00\d{7}|9[56]\d{3,6}|1[02]\d{3}")


def read_phone(raw: object) -> TextReading:
    """A phone number: Chinese ones as dialled at home, others with + and country code."""
    text = plain(as_text(raw))
    if says_nothing(text):
        return _empty(text)
    if is_error(text):
        return refused("formula_error", error=text)
    if is_scientific(text):
        return refused("phone_damaged")
    if is_number(raw) and not text.isdigit():
        return refused("phone_unknown")
    whole = re.sub(r"^(\d{5,})\.0+$", r"\1", text)
    first, *others = phones_in(whole if text != whole else as_text(raw)) or [""]
    reading = _read_one_phone(first)
    if reading.problem and (bare := parted(first))[1]:
        reading = _read_one_phone(bare[0])  # "13800138000 (office)"
    if reading.problem and others and not (joined := _read_one_phone(whole)).problem:
        reading, others = joined, []  # one number that goes on in the next line
    if reading.problem:
        return reading
    changes = _number_changes(raw, text != whole, reading.value)
    if others:
        changes = (*changes, Change("others_left_out", {"others": " / ".join(others)}))
    return Reading(reading.value, changes)


def _number_changes(raw: object, had_point: bool, value: str) -> tuple[Change, ...]:
    if is_number(raw) or had_point:
        return (Change("number_as_text"),)
    return changes_between(as_text(raw), value)


def _read_one_phone(text: str) -> TextReading:
    extension = _EXTENSION.search(text)
    main = text[: extension.start()] if extension else text
    digits = _PHONE_SIGNS.sub("", re.sub(r"^[^\d+(]*[:：]\s*", "", main))
    if not re.fullmatch(r"\+?\d+", digits):
        return refused("phone_unknown")
    number, problem = _home_or_abroad(digits)
    if problem:
        return refused(problem, length=len(digits.lstrip("+")))
    return Reading(f"{number}-{extension['extension']}" if extension else number)


def _home_or_abroad(digits: str) -> tuple[str, str | None]:
    """The number in its one form, or the code of what is wrong with it."""
    abroad = re.sub(r"^00", "+", digits)
    at_home = re.sub(r"^\+860?|^86(?=1[3-9]\d{9}$)", "", abroad)
    if abroad.startswith("+86") and not _MOBILE.fullmatch(at_home) and not _SERVICE.fullmatch(at_home):
        at_home = "0" + at_home
    if at_home.startswith("+"):
        return (abroad, None) if re.fullmatch(r"\+[1-9]\d{6,14}", abroad) else ("", "phone_length")
    if _MOBILE.fullmatch(at_home) or _SERVICE.fullmatch(at_home):
        return at_home, None
    if re.fullmatch(r"01[3-9]\d{9}", at_home):  # a mobile dialled with the long-distance 0
        return at_home[1:], None
    landline = _LANDLINE.fullmatch(at_home)
    if landline:
        return f"{landline[1]}-{landline[2]}", None
    if re.fullmatch(r"[2-9]\d{6,7}", at_home):  # without area code
        return at_home, None
    if at_home.startswith(("1", "01")):
        return "", "mobile_length"
    return "", "phone_without_country"


# -- mail addresses -----------------------------------------------------------------------------------------

_ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
)


def read_email(raw: object) -> TextReading:
    """A mail address in small letters; of several the first, and the others told."""
    text = plain(as_text(raw))
    if says_nothing(text):
        return _empty(text)
    if is_error(text):
        return refused("formula_error", error=text)
    first, *others = emails_in(as_text(raw)) or [""]
    first = re.sub("^mailto:", "", parted(first)[0].casefold())
    if len(first) > 254 or not _ADDRESS.fullmatch(first):
        return refused("email_unknown")
    changes = changes_between(as_text(raw), first)
    if others:
        changes = (*changes, Change("others_left_out", {"others": " / ".join(others)}))
    return Reading(first, changes)


def _empty(text: str) -> TextReading:
    return Reading("", (Change("empty_word", {"word": text}),) if text else ())


# -- dates --------------------------------------------------------------------------------------------------

_FIRST_DAY = date(1850, 1, 1)
_SERIAL_START = date(1899, 12, 30)  # right for every day number above 60
_LIKELY_YEARS = range(1850, 2151)
_TIME = re.compile(
    r"[T ]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?:[AP]M|Z|[+-]\d{2}:?\d{2})?$", re.I
)
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周|週|礼拜)[一二三四五六日天]\)?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_SHORT_YEAR = re.compile(
    r"\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{1,2}[- ][a-z]{3,9}[- ]\d{2}", re.I
)
_NO_DAY = re.compile(r"(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*月?|年)?")
_DAY_WORD_YEAR = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})", re.I)
_WORD_DAY_YEAR = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.I)
MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"), start=1
    )
    for name in (names, names[:3])
} | {"sept": 9}  # fmt: skip


def read_date(
    raw: object, *, latest: date | None = None, earliest: date = _FIRST_DAY, month_will_do: bool = False
) -> DateReading:
    """A day. `latest`: the last day that makes sense (today, for a birth date).

    `month_will_do`: where only the month is known, its first day; never of 2023.1, which a spreadsheet also makes of 2023.10.
    """
    reading = _read_any_date(raw)
    if month_will_do and reading.problem and (month := reading.problem.params.get("month")):
        first = date(reading.problem.params["year"], month, 1)
        reading = Reading(first, (Change("first_of_month"),))
    return _within(reading, earliest, latest)


def _read_any_date(raw: object) -> DateReading:
    if isinstance(raw, date):
        day = raw.date() if isinstance(raw, datetime) else raw
        with_time = isinstance(raw, datetime) and bool(raw.hour or raw.minute or raw.second)
        return Reading(day, (Change("time_left_out"),) if with_time else ())
    if is_number(raw):
        return _read_day_number(raw)
    text = plain(as_text(raw))
    if says_nothing(text):
        return Reading(None, (Change("empty_word", {"word": text}),) if text else ())
    if is_error(text):
        return _no_date("formula_error", error=text)
    return _read_written_date(text)


def _no_date(code: str, **params: object) -> DateReading:
    return refused(code, value=None, **params)


def _within(reading: DateReading, earliest: date, latest: date | None) -> DateReading:
    if reading.value is None:
        return reading
    if latest is not None and reading.value > latest:
        return _no_date("date_in_future", date=reading.value.isoformat())
    if reading.value < earliest:
        return _no_date("date_too_early", date=reading.value.isoformat())
    return reading


def _read_day_number(raw: int | float) -> DateReading:
    """A number cell: a spreadsheet counts days from 1900. A year alone would be a day in 1905, so it is refused."""
    if raw != raw or raw in (float("inf"), float("-inf")):
        return _no_date("not_a_date")
    number = int(raw)
    if number in _LIKELY_YEARS and number == raw:
        return _no_date("day_missing", year=number)
    if number in _LIKELY_YEARS:
        return _read_day(as_text(raw))  # 2023.5 is a month, not a day of 1905
    if 18_500_101 <= number <= 21_501_231 and number == raw:
        return _day(number // 10_000, number // 100 % 100, number % 100, changed="rewritten")
    if not 61 <= number <= 91_000:
        return _no_date("not_a_date")
    return Reading(_SERIAL_START + timedelta(days=number), (Change("day_number", {"number": number}),))


def _read_written_date(text: str) -> DateReading:
    text = chinese_digits(_WEEKDAY.sub("", text))
    time = _TIME.search(text)
    if time:
        text = text[: time.start()].strip()
    reading = _read_day(text)
    if time and reading.ok and re.search("[1-9]", time["time"]):
        return Reading(reading.value, (*reading.changes, Change("time_left_out")))
    return reading


def _read_day(text: str) -> DateReading:
    if match := _YEAR_FIRST.fullmatch(text) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        changed = "" if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else "rewritten"
        return _day(*map(int, match.groups()), changed=changed)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(*map(int, match.groups()))
    if match := _DAY_WORD_YEAR.fullmatch(text):
        return _with_month_name(match[2], int(match[1]), int(match[3]))
    if match := _WORD_DAY_YEAR.fullmatch(text):
        return _with_month_name(match[1], int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _no_date("day_number_as_text", number=text)
    if _SHORT_YEAR.fullmatch(text):
        return _no_date("year_of_two_digits")
    if match := _NO_DAY.fullmatch(text):
        month = int(match[2]) if match[2] and not re.fullmatch(r"\d{4}\.1", text) else 0
        known = {"month": month} if 1 <= month <= 12 else {}
        return _no_date("day_missing", year=int(match[1]), **known)
    return _no_date("not_a_date")


def _year_last(first: int, second: int, year: int) -> DateReading:
    """3/5/2024 is March in one country and May in another."""
    if first <= 12 and second <= 12 and first != second:
        return _no_date(
            "day_or_month_first",
            first=f"{year:04d}-{first:02d}-{second:02d}",
            second=f"{year:04d}-{second:02d}-{first:02d}",
        )
    return _day(year, second, first) if second <= 12 else _day(year, first, second)


def _with_month_name(name: str, day: int, year: int) -> DateReading:
    month = MONTH_NAMES.get(name.casefold())
    return _day(year, month, day) if month else _no_date("not_a_date")


def _day(year: int, month: int, day: int, changed: str = "rewritten") -> DateReading:
    try:
        return Reading(date(year, month, day), (Change(changed),) if changed else ())
    except ValueError:
        return _no_date("no_such_day", date=f"{year:04d}-{month:02d}-{day:02d}")


_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_CHINESE_NUMBER = re.compile("[〇○零一二三四五六七八九十]+")


def chinese_digits(text: str) -> str:
    """二〇二四年三月十五日 as 2024年3月15日."""
    return text if text.isascii() else _CHINESE_NUMBER.sub(lambda match: _chinese_number(match[0]), text)


def _chinese_number(written: str) -> str:
    if "十" not in written:
        return "".join(_DIGITS[digit] for digit in written)
    tens, _ten, ones = written.partition("十")
    return (_DIGITS.get(tens, "1")) + (_DIGITS.get(ones, "0"))


# -- choices ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list with every way each of its codes is written."""

    codes: tuple[str, ...]
    by_word: Mapping[str, str]

    @classmethod
    def of(cls, labels: Mapping[str, Iterable[str]]) -> Choices:
        by_word: dict[str, str] = {}
        for code, ways in labels.items():
            for way in (code, *ways):
                if by_word.setdefault(normal_form(str(way)), str(code)) != str(code):
                    raise ValueError(f"{way!r} names two choices")
        return cls(tuple(str(code) for code in labels), by_word)


def read_choice(raw: object, choices: Choices) -> TextReading:
    """One of a closed list, by its code or any of its labels in either language."""
    text = one_line(as_text(raw))
    if says_nothing(text):
        return _empty(text)
    code = choices.by_word.get(normal_form(text))
    if code is None:
        return refused("unknown_choice", value=text[:80], word=text[:80], choices=list(choices.codes))
    return Reading(code)


def read_choices(raw: object, choices: Choices) -> Reading[tuple[str, ...]]:
    """Several of a closed list, written with commas, semicolons, slashes or 、 between."""
    codes: list[str] = []
    for part in split_choices(as_text(raw)):
        reading = read_choice(part, choices)
        if reading.problem:
            return Reading((), (), reading.problem)
        if reading.value:
            codes.append(reading.value)
    return Reading(tuple(dict.fromkeys(codes)))


def split_choices(text: str) -> list[str]:
    """The words of a cell that names several of a list."""
    return _BETWEEN_CHOICES.split(one_line(text))


_BETWEEN_CHOICES = re.compile(r"\s*[,;/|、，；和及]\s*|\s+and\s+|\s+&\s+", re.IGNORECASE)
