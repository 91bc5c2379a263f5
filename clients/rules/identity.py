"""Numbers that say who somebody is: resident identity numbers, unified social credit codes, others.

A spreadsheet that takes such a number for a quantity keeps 15 of its 18 digits. The rest cannot be known, and
about one damaged number in eleven still has a right check digit: so whatever may be damaged is refused and never
guessed.

Sources: GB 11643 (identity numbers), GB 32100 (unified social credit codes).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from clients.rules.cells import (
    MOST_EXACT_DIGITS,
    as_text,
    changes_between,
    is_error,
    is_number,
    is_scientific,
    plain,
    says_nothing,
)
from clients.rules.reading import Change, Problem, Reading, TextReading, refused
from lawcrm.firm.partial_dates import PartialDate

_PROVINCES = frozenset({
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43", "44",
    "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83",
})  # fmt: skip
_FIRST_BIRTH = date(1870, 1, 1)
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECK_DIGITS = "10X98765432"
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_SEPARATORS = re.compile(r"[\s\-_.·()'’‘`/]")


@dataclass(frozen=True, slots=True)
class IdentityDetails:
    """What an 18-digit resident identity number says of the person."""

    birth_date: date
    sex: str  # female, male
    area: str


# -- people -------------------------------------------------------------------------------------------------


def read_identity_number(raw: object, today: date, *, from_spreadsheet: bool = False) -> TextReading:
    """An 18-digit resident identity number, or another document's number taken as it stands.

    `from_spreadsheet`: the text may have been a number once, so one ending in 000 is not believed.
    """
    early = _unreadable(raw)
    if early is not None:
        return early
    text, number = as_text(raw), _SEPARATORS.sub("", plain(as_text(raw))).upper()
    problem = _identity_problem(number, today, from_spreadsheet)
    if problem:
        return Reading("", (), problem)
    return Reading(number, _changes(raw, text, number))


def _identity_problem(number: str, today: date, from_spreadsheet: bool) -> Problem | None:
    if re.fullmatch(r"\d{17}[\dX]", number):
        return _resident_problem(number, today, from_spreadsheet)
    if re.fullmatch(r"\d{15}", number):
        return Problem("identity_fifteen_digits")
    if re.fullmatch(r"[\dX]{16,}", number):
        return Problem("identity_length", {"length": len(number)})
    if not re.fullmatch(r"[A-Z0-9]{5,20}", number) or not any(c.isdigit() for c in number):
        return Problem("identity_unknown")
    return None


def _resident_problem(number: str, today: date, from_spreadsheet: bool) -> Problem | None:
    if from_spreadsheet and number.endswith("000"):
        return Problem("number_maybe_cut")
    province = number[1:3] if number[0] == "9" else number[:2]  # 9: foreigners with permanent residence
    if province not in _PROVINCES:
        return Problem("identity_area", {"area": number[:6]})
    born = _birth_date(number)
    if born is None or not _FIRST_BIRTH <= born <= today:
        return Problem("identity_birth_date", {"digits": number[6:14]})
    if number[17] != check_digit(number):
        return Problem("identity_check_digit")
    return None


def check_digit(number: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    return _CHECK_DIGITS[sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True)) % 11]


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def identity_details(number: str) -> IdentityDetails | None:
    """What a number that was read without problem tells; None for other documents."""
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return None
    born = _birth_date(number)
    return born and IdentityDetails(born, "male" if int(number[16]) % 2 else "female", number[:6])


def birth_date_conflict(number: str, birth_date: PartialDate | None) -> Problem | None:
    """Whether the identity number tells another birth date than the field beside it, as far as that is known."""
    details = identity_details(number)
    if (
        details is None
        or birth_date is None
        or not birth_date.contradicts(PartialDate.of(details.birth_date))
    ):
        return None
    return Problem("birth_date_conflict", {"by_number": details.birth_date.isoformat()})


# -- organisations ------------------------------------------------------------------------------------------


def read_registration_number(raw: object, *, from_spreadsheet: bool = False) -> TextReading:
    """A unified social credit code of 18 characters, or another register's number taken as it stands."""
    early = _unreadable(raw)
    if early is not None:
        return early
    text, number = as_text(raw), _SEPARATORS.sub("", plain(as_text(raw))).upper()
    problem = _registration_problem(number, from_spreadsheet)
    if problem:
        return Reading("", (), problem)
    return Reading(number, _changes(raw, text, number))


def _registration_problem(number: str, from_spreadsheet: bool) -> Problem | None:
    if re.fullmatch(r"[A-Z0-9]{18}", number):
        return _credit_code_problem(number, from_spreadsheet)
    if re.fullmatch(r"\d{16,}|9[123]\d{6}[\dA-Z]{8,12}", number):
        return Problem("registration_length", {"length": len(number)})
    if not re.fullmatch(r"[A-Z0-9]{4,30}", number) or not any(c.isdigit() for c in number):
        return Problem("registration_unknown")
    return None


def _credit_code_problem(code: str, from_spreadsheet: bool) -> Problem | None:
    if from_spreadsheet and code.isdigit() and code.endswith("000"):
        return Problem("number_maybe_cut")
    strange = next((character for character in code if character not in _CREDIT_LETTERS), None)
    if strange:
        return Problem("registration_letter", {"letter": strange})
    if not code[2:8].isdigit() or code[17] != credit_code_check(code):
        return Problem("registration_check")
    return None


def credit_code_check(code: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(_CREDIT_LETTERS.index(c) * w for c, w in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_LETTERS[-total % 31]


# -- both ---------------------------------------------------------------------------------------------------


def _unreadable(raw: object) -> TextReading | None:
    """Empty, an error value, or a number whose last digits a spreadsheet has lost."""
    text = plain(as_text(raw))
    if says_nothing(text):
        return Reading("", (Change("empty_word", {"word": text}),) if text else ())
    if is_error(text):
        return refused("formula_error", error=text)
    if is_scientific(text) or re.fullmatch(r"\d{16,}\.\d*", text):
        return refused("number_damaged")
    if is_number(raw) and (not text.isdigit() or len(text) > MOST_EXACT_DIGITS):
        return refused("number_damaged")
    return None


def _changes(raw: object, text: str, value: str) -> tuple[Change, ...]:
    return (Change("number_as_text"),) if is_number(raw) else changes_between(text, value)


def looks_like_number_search(text: str) -> str:
    """The identity or registration number somebody pasted into the search box; '' if it is none."""
    number = _SEPARATORS.sub("", plain(text)).upper()
    return number if re.fullmatch(r"\d{17}[\dX]|[0-9A-Z]{2}\d{6}[0-9A-Z]{10}", number) else ""
