"""Texts put together as the reader's language does; dates as it writes them."""

from datetime import date, datetime

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from lawcrm.firm.words import listed, lower_first, sentences

MORNING = datetime(2026, 3, 5, 9, 7)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ("Anna, Ben", "One. Two.")), ("zh-hans", ("Anna、Ben", "One.Two."))],
)
def test_lists_and_sentences(language, expected):
    with translation.override(language):
        assert (listed(["Anna", "Ben"]), sentences(["One.", "", None, "Two."])) == expected


def test_a_heading_inside_a_sentence():
    assert [lower_first(words) for words in ("Gone quiet", "久未联系", "")] == ["gone quiet", "久未联系", ""]


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("en", "DATE_FORMAT", "5 March 2026"),
        ("en", "SHORT_DATE_FORMAT", "5 Mar 2026"),
        ("en", "MONTH_DAY_FORMAT", "5 March"),
        ("en", "YEAR_MONTH_FORMAT", "March 2026"),
        ("en", "DATETIME_FORMAT", "5 March 2026, 09:07"),
        ("zh-hans", "DATE_FORMAT", "2026年3月5日"),
        ("zh-hans", "SHORT_DATE_FORMAT", "2026年3月5日"),
        ("zh-hans", "MONTH_DAY_FORMAT", "3月5日"),
        ("zh-hans", "YEAR_MONTH_FORMAT", "2026年3月"),
        ("zh-hans", "DATETIME_FORMAT", "2026年3月5日 09:07"),
    ],
)
def test_dates(language, name, expected):
    with translation.override(language):
        assert date_format(MORNING, name) == expected


def test_a_day_is_read_as_it_is_typed_in_either_language():
    from django.forms import DateField

    for language, typed in [("en", "5 March 2026"), ("zh-hans", "2026年3月5日"), ("zh-hans", "2026/3/5")]:
        with translation.override(language):
            assert DateField().clean(typed) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", [("Due", "–", "20 November 2026, 17:51"), ("What", "–", "Call")]),
        ("zh-hans", [("到期时间", "–", "2026年11月20日 17:51"), ("事项", "–", "Call")]),
    ],
)
def test_the_audit_trail_writes_times_as_the_reader_does(language, expected):
    from types import SimpleNamespace

    from lawcrm.firm.presenters.audit import _changes

    changes = {"due_at": [None, "2026-11-20T09:51:00+00:00"], "title": ["", "Call"]}
    entry = SimpleNamespace(object_type="interactions.followup", changes=changes)
    with translation.override(language), timezone.override("Asia/Shanghai"):
        assert list(_changes(entry)) == expected
