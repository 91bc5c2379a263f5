"""Care plans: what falls due when, for whom, and who is left alone."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from interactions.rules.care import (
    Addressee,
    Due,
    addressees,
    dues_between,
    is_kept_by,
    may_be_cared_for,
    prepared_window,
)


@dataclass
class Step:
    kind: str
    festivals: list = field(default_factory=list)
    first_month: int = 3
    every_months: int = 6
    month_day: int = 15
    lead_days: int = 1


@pytest.mark.parametrize(
    ("festival", "on"),
    [
        ("spring", date(2026, 2, 17)),
        ("lantern", date(2026, 3, 3)),
        ("dragon_boat", date(2026, 6, 19)),
        ("mid_autumn", date(2026, 9, 25)),
        ("double_ninth", date(2026, 10, 18)),
        ("christmas", date(2026, 12, 25)),
    ],
)
def test_festivals_of_a_year(festival, on):
    (due,) = dues_between(Step("festival", [festival]), date(2026, 1, 1), date(2026, 12, 31))
    assert (due.on, due.key, due.festival) == (on, f"festival:{festival}:2026", festival)


def test_what_is_dated_comes_round():
    found = dues_between(Step("visit"), date(2026, 3, 16), date(2027, 3, 15))
    assert [(due.on, due.key) for due in found] == [
        (date(2026, 9, 15), "visit:2026-09"),
        (date(2027, 3, 15), "visit:2027-03"),
    ]


def test_greetings_are_prepared_the_day_before():
    step = Step("festival", ["christmas"])
    assert dues_between(step, *prepared_window(step, date(2026, 12, 23))) == []
    assert len(dues_between(step, *prepared_window(step, date(2026, 12, 24)))) == 1
    assert len(dues_between(step, *prepared_window(step, date(2026, 12, 25)))) == 1  # a night missed


@dataclass
class Consent:
    consent_basis: str = ""
    consent_on: date | None = None
    consent_until: date | None = None
    consent_withdrawn_on: date | None = None


@pytest.mark.parametrize(
    ("consent", "expected"),
    [
        (Consent(), True),
        (Consent("contract"), True),
        (Consent("consent"), False),
        (Consent("consent", date(2026, 1, 1)), True),
        (Consent("consent", date(2026, 7, 1)), False),
        (Consent("consent", date(2025, 1, 1), date(2026, 5, 31)), False),
        (Consent("contract", consent_withdrawn_on=date(2026, 6, 1)), False),
        (Consent("contract", consent_withdrawn_on=date(2026, 6, 2)), True),
    ],
)
def test_consent_is_respected(consent, expected):
    assert may_be_cared_for(consent, date(2026, 6, 1)) is expected


FESTIVAL = Due("festival", "festival:spring:2026", date(2026, 2, 17), "spring")
VISIT = Due("visit", "visit:2026-03", date(2026, 3, 15))
FIRST, BOSS, OTHER_BOSS = (
    Addressee(1, "en"),
    Addressee(2, "en", decides=True),
    Addressee(3, "en", decides=True),
)
SHY = Addressee(4, "en", decides=True, left_alone=True)


@pytest.mark.parametrize(
    ("due", "people", "is_individual", "expected"),
    [
        (FESTIVAL, [FIRST, BOSS], True, [None]),
        (FESTIVAL, [], False, [None]),
        (FESTIVAL, [FIRST, BOSS, OTHER_BOSS, SHY], False, [BOSS, OTHER_BOSS]),
        (VISIT, [FIRST, BOSS, OTHER_BOSS], False, [BOSS]),
        (FESTIVAL, [FIRST, SHY], False, [FIRST]),
        (FESTIVAL, [SHY], False, []),
    ],
)
def test_who_is_written_to(due, people, is_individual, expected):
    assert addressees(due, people, is_individual=is_individual) == expected


def test_a_festival_is_for_those_who_keep_it():
    assert not is_kept_by(FESTIVAL, "en", chosen_by_hand=False)
    assert is_kept_by(FESTIVAL, "zh-hant", chosen_by_hand=False)
    assert is_kept_by(FESTIVAL, "en", chosen_by_hand=True)
    assert is_kept_by(VISIT, "en", chosen_by_hand=False)
