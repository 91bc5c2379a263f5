"""Paths, key dates and money owed, by their tables."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clients.enums import BusinessField, ServiceType
from matters.enums import DateKind, Stage
from matters.rules.key_dates import after_care_days, reminder_days, renewal_from, standing
from matters.rules.receivables import due, receipt_problem
from matters.rules.stages import PATHS, next_stage, path_of, stages_of

TODAY = date(2026, 3, 2)


def test_every_kind_of_matter_has_a_path_of_known_stages():
    for kind in BusinessField.values:
        for service in ServiceType.values:
            assert set(stages_of(service, kind)) <= set(Stage.values)
    assert {path_of(k, s) for k in BusinessField.values for s in ServiceType.values} == set(PATHS)


@pytest.mark.parametrize(
    ("service", "kind", "stage", "after"),
    [
        ("litigation", "civil", "evidence", "hearing"),
        ("litigation", "criminal", "preparation", "investigation"),
        ("litigation", "administrative", "preparation", "reconsideration"),
        ("retainer", "commercial", "service", "renewal"),
        ("advice", "civil", "completion", None),
        ("litigation", "criminal", "filed", "intake"),  # not on its path: begin anew
    ],
)
def test_the_stage_after(service, kind, stage, after):
    assert next_stage(service, stage, kind) == after


@pytest.mark.parametrize(
    ("kind", "days", "done", "code"),
    [
        ("limitation", 31, False, "soon"),
        ("limitation", 30, False, "warning"),
        ("limitation", 0, False, "warning"),
        ("limitation", 91, False, "ahead"),
        ("limitation", -1, False, "passed"),
        ("limitation", -1, True, "done"),
        ("hearing", 14, False, "soon"),
        ("hearing", 15, False, "ahead"),
        ("meeting", 7, False, "soon"),
    ],
)
def test_where_a_key_date_stands(kind, days, done, code):
    assert standing(kind, TODAY + timedelta(days=days), done, TODAY).code == code


def test_reminders_come_before_and_on_the_day():
    for kind in DateKind.values:
        days = reminder_days(kind, TODAY)
        assert days == sorted(days)
        assert days[-1] == TODAY


def test_after_care_and_renewal():
    assert [(day - TODAY).days for day in after_care_days(TODAY)] == [7, 30, 90]
    assert (TODAY - renewal_from(TODAY)).days == 60
    assert renewal_from(None) is None


@pytest.mark.parametrize(
    ("overdue", "code", "rung"),
    [
        (0, "open", -1),
        (1, "overdue", 0),
        (6, "overdue", 0),
        (7, "overdue", 1),
        (14, "overdue", 1),
        (15, "overdue", 2),
        (30, "overdue", 3),
    ],
)
def test_the_ladder_of_what_is_overdue(overdue, code, rung):
    held = due(Decimal(100), Decimal(40), TODAY - timedelta(days=overdue), TODAY)
    assert (held.code, held.rung, held.left) == (code, rung, Decimal(60))


def test_paid_and_void_invoices_are_on_no_rung():
    assert due(Decimal(5), Decimal(5), date(2020, 1, 1), TODAY).code == "paid"
    assert due(Decimal(5), Decimal(0), date(2020, 1, 1), TODAY, void=True).code == "void"


@pytest.mark.parametrize(
    ("amount", "days", "problem"),
    [(0, 0, "nothing_received"), (11, 0, "more_than_owed"), (10, 1, "received_in_future"), (10, 0, None)],
)
def test_what_cannot_have_been_received(amount, days, problem):
    assert receipt_problem(Decimal(amount), Decimal(10), TODAY + timedelta(days=days), TODAY) == problem
