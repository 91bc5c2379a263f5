from datetime import UTC, datetime, timedelta

import pytest

from interactions.rules.calls import is_its_hour, minutes_of
from interactions.rules.notes import tidy

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("One\r\n\r\nTwo", "One\n\nTwo"),
        ("One\n\n\n\n\nTwo", "One\n\nTwo"),
        ("One  \t\n  indented", "One\n  indented"),
        ("李先生 10:32\u2028你好\u200b", "李先生 10:32\n你好"),
        ("\ufeff\n\nHello\u00a0there\n", "Hello there"),
        ("", ""),
    ],
)
def test_pasted_text_keeps_its_paragraphs_and_loses_its_debris(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 1), (59, 1), (60, 1), (61, 2), (1500, 25), (-1, None), (13 * 3600, None)]
)
def test_a_begun_minute_counts(seconds, minutes):
    assert minutes_of(NOON, NOON + timedelta(seconds=seconds), NOON + timedelta(days=1)) == minutes


def test_a_running_call_ends_now_and_none_begins_tomorrow():
    assert minutes_of(NOON, None, NOON + timedelta(minutes=7)) == 7
    assert minutes_of(NOON + timedelta(hours=1), None, NOON) is None


def test_its_hour():
    assert is_its_hour(NOON, NOON + timedelta(minutes=50))
    assert not is_its_hour(NOON, NOON + timedelta(minutes=70))
