"""The words for what was wrong with a value, what to do about it, and what cleaning changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lawcrm.firm.words import listed, sentences

# code -> what is wrong, what to do
PROBLEMS = {
    "formula_error": (
        gettext_lazy("The cell holds a spreadsheet error (%(error)s)."),
        gettext_lazy("Correct the formula, or clear the cell."),
    ),
    "too_long": (
        gettext_lazy("Too long: %(length)d characters of %(longest)d."),
        gettext_lazy("Shorten it, or put the rest into the note."),
    ),
    "name_missing": (gettext_lazy("The name is missing."), gettext_lazy("Enter the client's name.")),
    "name_without_letters": (
        gettext_lazy("“%(name)s” is not a name: it holds no letter."),
        gettext_lazy("Enter the client's name."),
    ),
    "total_row": (
        gettext_lazy("This looks like a line of totals (“%(name)s”), not a client."),
        gettext_lazy("Delete the line, or leave it refused."),
    ),
    "phone_damaged": (
        gettext_lazy("The phone number was turned into a rounded quantity by a spreadsheet."),
        gettext_lazy("Format the column as text and enter the number again."),
    ),
    "phone_unknown": (
        gettext_lazy("This is not a phone number."),
        gettext_lazy("Enter digits, or clear the cell."),
    ),
    "phone_length": (
        gettext_lazy("An international number has 7 to 15 digits; this one has %(length)d."),
        gettext_lazy("Check the digits."),
    ),
    "mobile_length": (
        gettext_lazy("A Chinese mobile number has 11 digits; this one has %(length)d."),
        gettext_lazy("Check the digits."),
    ),
    "phone_without_country": (
        gettext_lazy("The country of this phone number is unclear."),
        gettext_lazy("Write numbers outside mainland China with + and the country code."),
    ),
    "email_unknown": (
        gettext_lazy("This is not a mail address."),
        gettext_lazy("Enter it as name@company.com."),
    ),
    "website_unknown": (
        gettext_lazy("This is not an address on the web."),
        gettext_lazy("Enter it as www.company.com."),
    ),
    "not_a_date": (
        gettext_lazy("This is not a date."),
        gettext_lazy("Enter it as year-month-day: 2024-03-05."),
    ),
    "no_such_day": (
        gettext_lazy("There is no such day: %(date)s."),
        gettext_lazy("Check the month and the day."),
    ),
    "no_leap_month": (
        gettext_lazy("The lunar year %(year)d had no leap month %(month)d."),
        gettext_lazy("Leave the year out if you are not sure of it."),
    ),
    "lunar_month_short": (
        gettext_lazy("Month %(month)d of the lunar year %(year)d had 29 days."),
        gettext_lazy("Leave the year out if you are not sure of it."),
    ),
    "day_missing": (
        gettext_lazy("Only a year or month is given; the day is missing."),
        gettext_lazy("Enter the full date as 2024-03-05, or clear the cell."),
    ),
    "year_of_two_digits": (
        gettext_lazy("The year has only two digits."),
        gettext_lazy("Write the year with four digits: 2024-03-05."),
    ),
    "day_or_month_first": (
        gettext_lazy("This can be %(first)s or %(second)s."),
        gettext_lazy("Write the year first: 2024-03-05."),
    ),
    "day_number_as_text": (
        gettext_lazy("“%(number)s” looks like a spreadsheet's own count of days."),
        gettext_lazy("Format the column as a date and save the file again."),
    ),
    "date_in_future": (gettext_lazy("%(date)s lies in the future."), gettext_lazy("Check the year.")),
    "date_too_early": (gettext_lazy("%(date)s is too long ago."), gettext_lazy("Check the year.")),
    "unknown_choice": (
        gettext_lazy("“%(value)s” is not one of the choices."),
        gettext_lazy("Choose one of: %(choices)s."),
    ),
    "number_damaged": (
        gettext_lazy("The number was damaged by a spreadsheet: it keeps only 15 digits."),
        gettext_lazy("Format the column as text and enter the number again from the document."),
    ),
    "number_maybe_cut": (
        gettext_lazy("The number ends in 000, as when a spreadsheet cuts it."),
        gettext_lazy("Compare it with the document. If it is right, enter it on the client's page."),
    ),
    "identity_fifteen_digits": (
        gettext_lazy("This is an identity number of the old kind with 15 digits."),
        gettext_lazy("Ask for the number of 18 characters; the old kind is no longer valid."),
    ),
    "identity_length": (
        gettext_lazy("An identity number has 18 characters; this one has %(length)d."),
        gettext_lazy("Compare it with the document."),
    ),
    "identity_area": (
        gettext_lazy("No place has the code %(area)s with which this identity number begins."),
        gettext_lazy("Compare it with the document."),
    ),
    "identity_birth_date": (
        gettext_lazy("The identity number holds no possible birth date (%(digits)s)."),
        gettext_lazy("Compare it with the document."),
    ),
    "identity_check_digit": (
        gettext_lazy("The check digit is wrong: a digit was mistyped or swapped."),
        gettext_lazy("Compare it with the document."),
    ),
    "identity_unknown": (
        gettext_lazy("This is not the number of an identity document."),
        gettext_lazy("Enter letters and digits only, or clear the cell."),
    ),
    "birth_date_conflict": (
        gettext_lazy("The identity number tells another birth date: %(by_number)s."),
        gettext_lazy("Compare both with the document."),
    ),
    "registration_length": (
        gettext_lazy("A unified social credit code has 18 characters; this one has %(length)d."),
        gettext_lazy("Compare it with the business licence."),
    ),
    "registration_letter": (
        gettext_lazy("A unified social credit code never holds the letter %(letter)s."),
        gettext_lazy("Compare it with the business licence; 0 and O, 1 and I are easily confused."),
    ),
    "registration_check": (
        gettext_lazy("The check character is wrong: something was mistyped or swapped."),
        gettext_lazy("Compare it with the business licence."),
    ),
    "registration_unknown": (
        gettext_lazy("This is not a registration number."),
        gettext_lazy("Enter letters and digits only, or clear the cell."),
    ),
}

CHANGES = {
    "supposed": gettext_lazy("supposed: the file does not say"),
    "as_above": gettext_lazy("as in the row above"),
    "first_of_month": gettext_lazy("no day given: taken as the first of the month"),
    "wechat_kept": gettext_lazy("a WeChat ID, kept as that: %(id)s"),
    "as_told": gettext_lazy("“%(word)s” read as you said"),
    "blanks": gettext_lazy("blanks removed"),
    "invisible_removed": gettext_lazy("invisible characters removed"),
    "width": gettext_lazy("full-width characters made ordinary"),
    "rewritten": gettext_lazy("written in the usual form"),
    "number_as_text": gettext_lazy("taken from a number cell"),
    "empty_word": gettext_lazy("“%(word)s” taken as empty"),
    "others_left_out": gettext_lazy("further entries left out: %(others)s"),
    "others_kept": gettext_lazy("further entries kept beside it: %(others)s"),
    "day_number": gettext_lazy("read from the spreadsheet's count of days (%(number)d)"),
    "time_left_out": gettext_lazy("time of day left out"),
}


# What only lists of contacts are told.
CHANGES_OF_CONTACTS = {"noon": gettext_lazy("no time of day given: taken as noon")}


def problem_words(
    code: str, params: Mapping[str, Any] | None = None, labels: Mapping[str, str] | None = None
) -> str:
    """What is wrong and what to do, in one line. `labels` names the codes of a closed list."""
    shown = dict(params or {})
    if "choices" in shown:
        codes = shown["choices"]
        codes = re.split(r", |、", codes) if isinstance(codes, str) else codes  # as told, in one text
        shown["choices"] = listed((labels or {}).get(c, c) for c in codes)
    wrong, remedy = PROBLEMS[code]
    return sentences([wrong % shown, remedy % shown])


def change_words(code: str, params: Mapping[str, Any] | None = None) -> str:
    return str({**CHANGES, **CHANGES_OF_CONTACTS}[code] % dict(params or {}))
