"""Birthdays as people write them."""

from datetime import date, datetime

import pytest
from django.utils import translation
from hypothesis import given

from clients.rules.birth_dates import read_birth_date
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.presenters.partial_dates import partial_date_words, typed_form
from tests.firm.test_partial_dates import partials

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("1980-05-03", "1980-05-03"),
        ("1980/5/3", "1980-05-03"),
        ("1980年5月3日", "1980-05-03"),
        ("一九八〇年五月三日", "1980-05-03"),
        ("3 May 1980", "1980-05-03"),
        ("1980-05", "1980-05-XX"),
        ("1980年5月", "1980-05-XX"),
        ("May 1980", "1980-05-XX"),
        ("1980", "1980-XX-XX"),
        ("1980年", "1980-XX-XX"),
        ("5月3日", "XXXX-05-03"),
        ("５月３号", "XXXX-05-03"),
        ("05-03", "XXXX-05-03"),
        ("--05-03", "XXXX-05-03"),
        ("May 3", "XXXX-05-03"),
        ("3rd May", "XXXX-05-03"),
        ("29 Feb", "XXXX-02-29"),
        ("25/12", "XXXX-12-25"),
        ("5月", "XXXX-05-XX"),
        ("May", "XXXX-05-XX"),
        ("公历5月3日", "XXXX-05-03"),
        ("农历八月十五", "XXXX-08-15L"),
        ("八月十五", "XXXX-08-15L"),
        ("八月十五日", "XXXX-08-15"),
        ("农历八月十五日", "XXXX-08-15L"),
        ("农历闰四月初三", "XXXX-04-03LL"),
        ("閏四月初三", "XXXX-04-03LL"),
        ("農曆正月初一", "XXXX-01-01L"),
        ("冬月廿三", "XXXX-11-23L"),
        ("腊月三十", "XXXX-12-30L"),
        ("腊月卅", "XXXX-12-30L"),
        ("十二月初八", "XXXX-12-08L"),
        ("阴历1980年八月十五", "1980-08-15L"),
        ("农历一九八〇年腊月初八", "1980-12-08L"),
        ("1980年8月15日（农历）", "1980-08-15L"),
        ("农历8月15", "XXXX-08-15L"),
        ("农历1980年", "1980-XX-XXL"),
        ("农历2020年闰四月初三", "2020-04-03LL"),
        ("lunar 8-15", "XXXX-08-15L"),
        ("lunar 1980-08-15", "1980-08-15L"),
        ("lunar leap 4-3", "XXXX-04-03LL"),
        ("lunar 2020 leap 4-3", "2020-04-03LL"),
        ("8-15 lunar", "XXXX-08-15L"),
        ("1980-08-15L", "1980-08-15L"),
        (datetime(1980, 5, 3), "1980-05-03"),
        (29344, "1980-05-03"),  # a spreadsheet's count of days
        (1980, "1980-XX-XX"),
    ],
)
def test_what_is_read(typed, written):
    reading = read_birth_date(typed, latest=TODAY)
    assert reading.ok, reading.problem
    assert str(reading.value) == written


@pytest.mark.parametrize("typed", ["", "  ", "-", "N/A", "无", None])
def test_nothing(typed):
    reading = read_birth_date(typed)
    assert reading.ok
    assert reading.value is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("yesterday", "not_a_date"),
        ("5/3", "day_or_month_first"),
        ("3/5/1980", "day_or_month_first"),
        ("80-5-3", "year_of_two_digits"),
        ("1981-02-29", "no_such_day"),
        ("4月31日", "no_such_day"),
        ("13月", "no_such_day"),
        ("2027-01-01", "date_in_future"),
        ("2027", "date_in_future"),
        ("农历2026年腊月初八", "date_in_future"),
        ("1701", "date_too_early"),
        ("农历2024年闰四月初三", "no_leap_month"),
        ("农历2024年正月三十", "lunar_month_short"),
        ("农历十三月", "not_a_date"),
        ("八月四十", "no_such_day"),
        ("1980-08-31L", "no_such_day"),
        ("#REF!", "formula_error"),
    ],
)
def test_what_is_refused(typed, code):
    reading = read_birth_date(typed, latest=TODAY)
    assert reading.problem and reading.problem.code == code
    assert reading.value is None


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@given(partial=partials())
def test_what_is_shown_in_the_field_reads_back_to_the_same(language, partial):
    with translation.override(language):
        assert read_birth_date(typed_form(partial)).value == partial
        assert (
            read_birth_date(partial_date_words(partial).replace("lunar calendar: ", "")).ok or partial.lunar
        )


@pytest.mark.parametrize(
    ("partial", "english", "chinese"),
    [
        (PartialDate(1980, 5, 3), "3 May 1980", "1980年5月3日"),
        (PartialDate(1980, 5), "May 1980", "1980年5月"),
        (PartialDate(1980), "1980", "1980年"),
        (PartialDate(month=5, day=3), "3 May", "5月3日"),
        (PartialDate(month=5), "May", "5月"),
        (
            PartialDate(1980, 8, 15, lunar=True),
            "lunar calendar: 8th month, day 15, 1980",
            "农历1980年八月十五",
        ),
        (
            PartialDate(month=4, day=3, lunar=True, leap=True),
            "lunar calendar: leap 4th month, day 3",
            "农历闰四月初三",
        ),
        (PartialDate(month=12, day=30, lunar=True), "lunar calendar: 12th month, day 30", "农历腊月三十"),
        (PartialDate(1980, lunar=True), "lunar calendar: 1980", "农历1980年"),
    ],
)
def test_words(partial, english, chinese):
    with translation.override("en"):
        assert partial_date_words(partial) == english
    with translation.override("zh-hans"):
        assert partial_date_words(partial) == chinese
